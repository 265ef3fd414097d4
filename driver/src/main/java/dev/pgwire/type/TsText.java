package dev.pgwire.type;

import java.nio.charset.StandardCharsets;

/** What the words of a tsvector and those of a tsquery have in common. */
final class TsText {
    private static final int MAX_BYTES = 2047;

    private TsText() {}

    static void check(String text) {
        int length = text.length();
        if (length == 0) {
            throw new IllegalArgumentException("a lexeme without text, expected at least one character");
        }
        // A char has three bytes at most.
        if (length > MAX_BYTES / 3 && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a lexeme of " + length + " characters, expected at most " + MAX_BYTES + " bytes in UTF-8");
        }
    }

    static void append(StringBuilder out, String text) {
        out.append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                out.append(c);
            }
            out.append(c);
        }
        out.append('\'');
    }

    /** The order of the server, which compares bytes: that of the code points. */
    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** Surrogates stand for code points above all other chars. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
