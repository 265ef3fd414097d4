package dev.pgwire.internal.config;

/** White space as C has it ({@code isspace} in the locale "C"): Java's own idea of it is wider. */
final class CSpace {
    private CSpace() {}

    static boolean is(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** A text without the white space around it. */
    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && is(text.charAt(from))) {
            from++;
        }
        while (to > from && is(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }
}
