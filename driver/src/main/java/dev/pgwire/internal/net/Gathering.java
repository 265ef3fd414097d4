package dev.pgwire.internal.net;

// HOT: one for each read of the socket, and one for each wait

import java.util.concurrent.locks.LockSupport;

/**
 * Lets the bytes of a long answer gather before they are looked for. A server sends one in pieces of 8 KB, and being woken up
 * for each costs the client as much as reading it, and the server the time to wake a thread up.
 */
final class Gathering {
    /** Shorter reads are the ends of answers. */
    private static final int PIECE = 4 * 1024;

    private static final int PIECES_OF_LONG_ANSWER = 32;
    /** With what the system takes to end it, time for some pieces; once in a long answer it goes unnoticed. */
    private static final long NANOS = 80_000;

    private int pieces;
    private boolean moreIsThere;

    /** Notes a read of the socket. */
    void received(int bytes, int room) {
        pieces = bytes < PIECE ? 0 : Math.min(pieces + 1, PIECES_OF_LONG_ANSWER);
        moreIsThere = bytes == room;
    }

    /** Whether this is the middle of a long answer. */
    boolean isLong() {
        return pieces == PIECES_OF_LONG_ANSWER;
    }

    /** Whether a wait is better begun by doing nothing for a moment. */
    boolean isWorthIt() {
        return isLong() && !moreIsThere;
    }

    /** To be called before a wait. An interrupted thread does not stay. */
    void pause() {
        if (isWorthIt()) {
            LockSupport.parkNanos(NANOS);
        }
    }
}
