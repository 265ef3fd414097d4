package dev.pgwire.internal.sql;

/** Texts as constants of SQL. */
public final class SqlString {
    private SqlString() {}

    /** A constant that means the same whether a backslash escapes in plain strings or not (PostgreSQL manual, 4.1.2.2). */
    public static String quoted(String text) {
        String quotes = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + quotes + "'" : "E'" + quotes.replace("\\", "\\\\") + "'";
    }

    /**
     * What a constant stands for.
     *
     * @param literal the constant with its quotes, as a {@link SqlScanner} finds it
     * @param backslashEscapes whether a backslash escapes in it although no E stands before it
     */
    static String value(String literal, boolean backslashEscapes) {
        if (literal.startsWith("$")) {
            int tag = literal.indexOf('$', 1) + 1;
            return literal.substring(tag, Math.max(tag, literal.length() - tag));
        }
        boolean escapes = backslashEscapes || !literal.startsWith("'");
        int from = literal.indexOf('\'') + 1;
        String text =
                literal.substring(from, Math.max(from, literal.length() - 1)).replace("''", "'");
        if (!escapes || text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder value = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\\' || at == text.length()) {
                value.append(c);
                continue;
            }
            char escaped = text.charAt(at++);
            int digits = escaped == 'x' ? digits(text, at, 2, 16) : digits(text, at - 1, 3, 8);
            if (digits > 0) {
                int start = escaped == 'x' ? at : at - 1;
                value.append((char) Integer.parseInt(text.substring(start, start + digits), escaped == 'x' ? 16 : 8));
                at = start + digits;
            } else {
                value.append(control(escaped));
            }
        }
        return value.toString();
    }

    private static int digits(String text, int from, int most, int radix) {
        int count = 0;
        while (count < most && from + count < text.length() && Character.digit(text.charAt(from + count), radix) >= 0) {
            count++;
        }
        return count;
    }

    private static char control(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }
}
