package dev.pgwire.internal.exchange;

import dev.pgwire.protocol.Diagnostic;

/**
 * What the context of an error says of a COPY: {@code COPY users, line 17, column id}, in the language of lc_messages. In
 * binary a line is a row; they are counted from 1.
 */
final class CopyContext {
    private static final String COPY = "COPY ";

    private CopyContext() {}

    /** The line that the server was at; 0 if it does not tell. */
    static long line(Diagnostic error, String table) {
        String where = error.where();
        if (where == null) {
            return 0;
        }
        // The COPY is what all else happened in, so it comes last; a name may hold anything.
        int name = where.lastIndexOf("\n" + COPY) + 1 + COPY.length();
        return where.startsWith(COPY + table, name - COPY.length()) ? number(where, name + table.length()) : 0;
    }

    /** The first number from there on, of so few digits that they are one. */
    private static long number(String text, int from) {
        int begin = from;
        while (begin < text.length() && !isDigit(text.charAt(begin))) {
            begin++;
        }
        int end = begin;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end == begin || end - begin > 18 ? 0 : Long.parseLong(text.substring(begin, end));
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
