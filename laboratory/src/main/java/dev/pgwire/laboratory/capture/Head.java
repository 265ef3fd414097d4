package dev.pgwire.laboratory.capture;

import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.dialogue.Dialogue;
import dev.pgwire.protocol.dialogue.Phase;
import dev.pgwire.protocol.dialogue.Side;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a message that waits for its rest.
 *
 * @param tag 0 for a message that opens a connection
 * @param length the length that it says to have: of itself and the body
 */
record Head(Side side, byte tag, int length) {
    private static final int LONGEST_OPENING = 10_000;

    /** Null if nothing waits, or not even this much. */
    static @Nullable Head of(Dialogue dialogue, Side side) {
        boolean isOpening = side == Side.FRONTEND && dialogue.phase() == Phase.OPENING;
        int at = isOpening ? 0 : 1;
        if (dialogue.peek(side, at + Wire.LENGTH - 1) < 0) {
            return null;
        }
        int length = 0;
        for (int i = 0; i < Wire.LENGTH; i++) {
            length = length << 8 | dialogue.peek(side, at + i);
        }
        return new Head(side, isOpening ? 0 : (byte) dialogue.peek(side, 0), length);
    }

    /** The bytes of the whole message. */
    long size() {
        return tag == 0 ? length : 1L + length;
    }

    boolean isPlausible() {
        return tag == 0 ? length >= Wire.LENGTH && length <= LONGEST_OPENING : Plausible.isHead(side, tag, length);
    }

    @Override
    public String toString() {
        return (tag == 0 ? "a message without a tag, of " : "a message with the tag " + show() + ", of ")
                + (length & 0xFFFF_FFFFL) + " bytes,";
    }

    private String show() {
        return tag > ' ' && tag <= '~' ? "'" + (char) tag + "'" : String.format("0x%02x", tag & 0xFF);
    }
}
