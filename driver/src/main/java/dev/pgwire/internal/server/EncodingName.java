package dev.pgwire.internal.server;

/** Names of encodings, compared as the server compares them (pg_char_to_encoding in its encnames.c). */
final class EncodingName {
    private EncodingName() {}

    /** Whether the name is one of UTF8: of its letters and digits, in either case, only {@code utf8} or {@code unicode}. */
    static boolean isUtf8(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                clean.append((char) (c + ('a' - 'A')));
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                clean.append(c);
            }
        }
        return "utf8".contentEquals(clean) || "unicode".contentEquals(clean);
    }
}
