package dev.pgwire.internal.sql;

/** SQL as it is shown in one short line. */
public final class SqlExcerpt {
    private static final int LONGEST = 60;

    private SqlExcerpt() {}

    /** The first characters of the text, with single spaces between the words. */
    public static String of(String sql) {
        StringBuilder line = new StringBuilder();
        int shown = 0;
        int at = 0;
        while (at < sql.length()) {
            int character = sql.codePointAt(at);
            at += Character.charCount(character);
            if (!Character.isWhitespace(character) && !Character.isISOControl(character)) {
                if (shown == LONGEST) {
                    return line.append("...").toString();
                }
                line.appendCodePoint(character);
                shown++;
            } else if (shown > 0 && shown < LONGEST && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
                shown++;
            }
        }
        return line.toString().strip();
    }
}
