package dev.pgwire.laboratory.capture;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement, by the times of the packets in which its messages end.
 *
 * @param sql what was sent as Query or Parse, 10,000 characters at most; null if that was before the capture
 * @param begin when the first message for it was sent: the Query, the Parse, the Bind, or the Execute that goes on with a portal
 * @param took until its end came: CommandComplete, PortalSuspended, EmptyQueryResponse or an error
 * @param firstRow until its first row or data of COPY came; null if none came
 * @param parse from Parse to ParseComplete; null if it was not parsed for this run
 * @param bind from Bind to BindComplete; null for a Query
 * @param execute from Execute to its end; null for a Query
 * @param rows how many rows, or messages of COPY, came
 * @param outcome the tag of its last CommandComplete, {@code EmptyQueryResponse}, {@code PortalSuspended}, or {@code ERROR} and the
 *     SQLSTATE; {@code ReadyForQuery} or {@code cut} if its end was not captured
 */
public record CapturedStatement(
        CapturedConnection connection,
        @Nullable String sql,
        Instant begin,
        Duration took,
        @Nullable Duration firstRow,
        @Nullable Duration parse,
        @Nullable Duration bind,
        @Nullable Duration execute,
        long rows,
        String outcome)
        implements CaptureEvent {}
