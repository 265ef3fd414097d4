package dev.pgwire.laboratory.capture;

import java.time.Instant;

/** Times of packets. */
final class Times {
    private static final long SECOND = 1_000_000_000;

    private Times() {}

    /** Of nanoseconds since 1970. */
    static Instant instant(long nanoseconds) {
        return Instant.ofEpochSecond(Math.floorDiv(nanoseconds, SECOND), Math.floorMod(nanoseconds, SECOND));
    }
}
