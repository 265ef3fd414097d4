package dev.pgwire.protocol.auth;

import org.jspecify.annotations.Nullable;

/** Text of a peer that has not shown who it is, made fit for a message: it may be long, or move the cursor of a terminal. */
public final class PeerText {
    private static final int MAX_SHOWN = 200;

    private PeerText() {}

    /**
     * The first 200 characters, with a question mark for each that is not printable ASCII.
     *
     * @param text null is shown as {@code null}
     */
    public static String shown(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_SHOWN + 3));
        for (int i = 0; i < Math.min(text.length(), MAX_SHOWN); i++) {
            char c = text.charAt(i);
            clean.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return text.length() > MAX_SHOWN ? clean.append("...").toString() : clean.toString();
    }
}
