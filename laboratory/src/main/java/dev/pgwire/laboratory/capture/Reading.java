package dev.pgwire.laboratory.capture;

import dev.pgwire.protocol.dialogue.Side;
import org.jspecify.annotations.Nullable;

/** Where the reading of one side is. */
final class Reading {
    final Side side;
    /** What looks for the next message; null where it is known where that begins. */
    @Nullable
    Seeker seeker;
    /** How many bytes of a long message are still passed over. */
    long skipping;
    /** How many bytes of the message that waits were captured before the first that were not; -1 if none are missing. */
    int damagedAt = -1;
    /** How many encrypted bytes came. */
    long encrypted;

    Reading(Side side, boolean isFromTheBeginning) {
        this.side = side;
        seeker = isFromTheBeginning ? null : new Seeker(side);
    }

    /** As the client or the server, in sentences. */
    String who() {
        return side == Side.FRONTEND ? "the client" : "the server";
    }
}
