package dev.pgwire.internal.sql;

/**
 * Puts SQL together of texts and of tokens that stand between them: constants, names, parameters. A token stays a token of its own
 * wherever it is put: two quotes beside each other would be one, and two minuses a comment.
 */
public final class SqlAssembly {
    private static final int NONE = -1;

    private final StringBuilder sql = new StringBuilder();
    private int tokenStart = NONE;
    private int tokenEnd = NONE;

    /** An assembly of nothing. */
    public SqlAssembly() {}

    /** Adds a text as it is. */
    public void text(CharSequence text) {
        if (text.isEmpty()) {
            return;
        }
        if (tokenEnd == sql.length() && runsOn(text.charAt(0))) {
            sql.append(' ');
        }
        sql.append(text);
        quoteBeforeCast();
    }

    /** Adds a token. */
    public void token(String token) {
        if (!sql.isEmpty() && !separates(sql.charAt(sql.length() - 1), token)) {
            sql.append(' ');
        }
        tokenStart = sql.length();
        sql.append(token);
        tokenEnd = sql.length();
    }

    /** Whether a text that begins so would go on with the token before it. */
    private boolean runsOn(char first) {
        boolean number = Character.isDigit(sql.charAt(tokenEnd - 1));
        return SqlScanner.isNamePart(first) || first == '\'' || first == '"' || (number && first == '.');
    }

    private static boolean separates(char before, String token) {
        return switch (before) {
            case '(', ',', '[', ';' -> true;
            case '=', '<', '>' -> token.charAt(0) != '-';
            case '.', ':' -> token.charAt(0) == '"';
            // To the server a space beyond ASCII is a letter.
            default -> before <= ' ' && Character.isWhitespace(before);
        };
    }

    /**
     * A cast gives a number in quotes its type, as it gives a parameter its own: a minus would be taken after the cast, and some types
     * have no cast from a number.
     */
    private void quoteBeforeCast() {
        if (tokenEnd == NONE || !isNumber(sql.charAt(tokenStart))) {
            return;
        }
        int at = tokenEnd;
        while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
            at++;
        }
        if (at == sql.length()) {
            return;
        }
        if (sql.indexOf("::", at) == at) {
            sql.insert(tokenEnd, '\'').insert(tokenStart, '\'');
        }
        tokenEnd = NONE;
    }

    private static boolean isNumber(char first) {
        return first == '-' || Character.isDigit(first);
    }

    /** What was put together. */
    @Override
    public String toString() {
        return sql.toString();
    }
}
