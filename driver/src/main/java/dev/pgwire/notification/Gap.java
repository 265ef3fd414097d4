package dev.pgwire.notification;

import java.time.Instant;

/**
 * A time in which a {@link Subscriber} did not listen, because its connection was lost: what was notified then never comes. A program that
 * keeps something up to date by notifications looks anew when it is told of one.
 *
 * @param from when all that was notified before had surely come
 * @param until when it listened again
 * @param attempts how often it tried to connect; at least 1
 * @param cause why the connection was lost
 */
public record Gap(Instant from, Instant until, int attempts, Throwable cause) {
    /** This gap and one that came behind it, as one. */
    public Gap and(Gap later) {
        return new Gap(from, later.until, attempts + later.attempts, later.cause);
    }
}
