package dev.pgwire;

/** SQL as it is shown in one short line. */
final class SqlExcerpt {
    private static final int LONGEST = 80;

    private SqlExcerpt() {}

    /** The beginning of the text, with single spaces between the words. */
    static String of(String sql) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        while (at < sql.length() && line.length() <= LONGEST) {
            int character = sql.codePointAt(at);
            at += Character.charCount(character);
            if (!Character.isWhitespace(character) && !Character.isISOControl(character)) {
                line.appendCodePoint(character);
            } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        String shown = line.toString().strip();
        return line.length() <= LONGEST ? shown : shown.substring(0, end(shown)) + "...";
    }

    /** Not between the two halves of one character. */
    private static int end(String shown) {
        int end = Math.min(shown.length(), LONGEST - 3);
        return Character.isHighSurrogate(shown.charAt(end - 1)) ? end - 1 : end;
    }
}
