package dev.pgwire.error;

import org.jspecify.annotations.Nullable;

/**
 * The line of a statement that an error points at, with a caret under the place. It keeps to libpq's rules, so that
 * the picture is the one people know from psql: 60 columns at most, cut on the right first, 10 columns kept after the
 * caret.
 */
final class ErrorPosition {
    private static final int MAX_COLUMNS = 60;
    private static final int KEPT_AFTER_CARET = 10;

    private ErrorPosition() {}

    /**
     * Draws the place.
     *
     * @param sql the statement
     * @param position counts characters (code points) from 1
     * @return two lines without a newline at the end, or null when the position lies outside the statement
     */
    static @Nullable String show(String sql, int position) {
        if (position < 1) {
            return null;
        }
        int caret = 0;
        int line = 1;
        int begin = 0;
        for (int left = position - 1; left > 0; left--) {
            if (caret == sql.length()) {
                return null;
            }
            char c = sql.charAt(caret);
            // A carriage return and its line feed are one end of line.
            boolean secondOfPair = c == '\n' && caret > 0 && sql.charAt(caret - 1) == '\r';
            caret += Character.charCount(sql.codePointAt(caret));
            if (c == '\n' || c == '\r') {
                line += secondOfPair ? 0 : 1;
                begin = caret;
            }
        }
        int end = caret;
        while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
            end++;
        }
        return draw(sql, line, begin, caret, end);
    }

    private static String draw(String sql, int line, int lineBegin, int caret, int lineEnd) {
        int begin = lineBegin;
        int end = lineEnd;
        int before = columns(sql, begin, caret);
        int after = columns(sql, caret, end);
        if (before + after > MAX_COLUMNS) {
            int keep = MAX_COLUMNS >= before + KEPT_AFTER_CARET ? MAX_COLUMNS - before : KEPT_AFTER_CARET;
            while (after > keep) {
                int last = sql.codePointBefore(end);
                end -= Character.charCount(last);
                after -= columns(last);
            }
            while (before + after > MAX_COLUMNS) {
                int first = sql.codePointAt(begin);
                begin += Character.charCount(first);
                before -= columns(first);
            }
        }
        String label = "LINE " + line + ": " + (begin > lineBegin ? "..." : "");
        String text = sql.substring(begin, end).replace('\t', ' ');
        return label + text + (end < lineEnd ? "..." : "") + '\n' + " ".repeat(label.length() + before) + '^';
    }

    private static int columns(String text, int from, int to) {
        int columns = 0;
        for (int i = from; i < to; ) {
            int c = text.codePointAt(i);
            columns += columns(c);
            i += Character.charCount(c);
        }
        return columns;
    }

    /** Two columns for the characters of East Asia and emoji; one for all others, combining and control ones too. */
    private static int columns(int c) {
        boolean wide = c >= 0x1100
                && (c <= 0x115f
                        || c == 0x2329
                        || c == 0x232a
                        || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f)
                        || (c >= 0xac00 && c <= 0xd7a3)
                        || (c >= 0xf900 && c <= 0xfaff)
                        || (c >= 0xfe30 && c <= 0xfe6f)
                        || (c >= 0xff01 && c <= 0xff60)
                        || (c >= 0xffe0 && c <= 0xffe6)
                        || (c >= 0x1f300 && c <= 0x1f64f)
                        || (c >= 0x1f900 && c <= 0x1f9ff)
                        || (c >= 0x20000 && c <= 0x3fffd));
        return wide ? 2 : 1;
    }
}
