package dev.pgwire.internal.session;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;

/** What text the server can take: no U+0000, which ends a string of the protocol, and no half of a surrogate pair. */
final class Texts {
    private Texts() {}

    /**
     * Returns the text if the server can take it.
     *
     * @throws DataException if not; it names the place
     */
    static String check(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new DataException(
                        SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                        "text contains NUL (U+0000) at index " + i + ", expected text without it",
                        null);
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new DataException(
                            SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                            "text contains a lone surrogate at index " + i + ", expected pairs",
                            null);
                }
                i++;
            }
        }
        return text;
    }
}
