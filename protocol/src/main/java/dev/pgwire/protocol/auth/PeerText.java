package dev.pgwire.protocol.auth;

import org.jspecify.annotations.Nullable;

/** Text of a peer that has not shown who it is, made fit for a message: it may be long, or move the cursor of a terminal. */
public final class PeerText {
    private static final int MAX_SHOWN = 200;

    private PeerText() {}

    /**
     * The first 200 characters on one line, with a question mark for each that a terminal obeys.
     *
     * @param text null is shown as {@code null}
     */
    public static String shown(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        int length = Math.min(text.length(), MAX_SHOWN);
        StringBuilder shown = new StringBuilder(length + 3);
        for (int i = 0; i < length; i++) {
            char at = text.charAt(i);
            shown.append(isVisible(at) ? at : '?');
        }
        return text.length() > MAX_SHOWN ? shown.append("...").toString() : shown.toString();
    }

    /** Neither a control character, nor one that breaks lines or turns the direction of what follows, nor half of one. */
    private static boolean isVisible(char at) {
        int type = Character.getType(at);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
