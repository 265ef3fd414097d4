package dev.pgwire.laboratory.capture;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a part of a connection took that is no statement, by the times of the packets.
 *
 * @param begin when it began
 * @param took how long it took
 * @param outcome what came of it: {@code N} for a request for encryption that was refused, an SQLSTATE for a login that was; else empty
 */
public record CapturedPhase(CapturedConnection connection, Instant begin, Kind kind, Duration took, String outcome)
        implements CaptureEvent {
    /** The parts of a connection. */
    public enum Kind {
        /** From the client's SYN to the server's. */
        CONNECT,
        /** From the request for TLS or GSSAPI to its answer. What comes then, if it is encrypted, cannot be seen. */
        ENCRYPTION,
        /** From the StartupMessage to AuthenticationOk. */
        AUTHENTICATION,
        /** From AuthenticationOk to the first ReadyForQuery. */
        START,
        /** From the first packet to the last. */
        WHOLE
    }
}
