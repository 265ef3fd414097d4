package dev.pgwire.laboratory.proxy;

import dev.pgwire.protocol.dialogue.Frame;

/**
 * What a program does in the middle. It is asked for each message of each connection, on a thread for each direction: what it keeps
 * for both, or for several connections, must stand that. While it runs, nothing of that direction moves.
 */
@FunctionalInterface
public interface Tap {
    /**
     * Decides on a message, which is not sent on before.
     *
     * @param frame who sent it, and what; it may be kept
     * @param line the connection, through which more can be done
     * @throws Exception ends the connection; {@link Proxy#failures()} keeps it
     */
    Fate message(Frame frame, Line line) throws Exception;
}
