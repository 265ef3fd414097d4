package dev.pgwire.laboratory.capture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request of the client that the server answers, and what is known of it so far. */
final class Run {
    /** What the client asked for. */
    enum Kind {
        QUERY,
        PARSE,
        BIND,
        DESCRIBE,
        EXECUTE,
        CLOSE,
        FUNCTION_CALL,
        SYNC,
        /** The end of data that is sent before the server has asked for any; is not answered. */
        COPY_END
    }

    /** The longest text of a statement that is kept. */
    private static final int MOST = 10_000;

    private final Kind kind;
    private final long sent;
    private final @Nullable Run source;
    private @Nullable String sql;
    private long answered = -1;
    private long firstRow = -1;
    private long ended = -1;
    private long rows;
    private boolean used;
    private boolean told;
    private String outcome = "";

    /** A request that takes its statement from another: a Bind from a Parse, an Execute from a Bind. */
    Run(Kind kind, long sent, @Nullable Run source) {
        this.kind = kind;
        this.sent = sent;
        this.source = source;
        this.sql = source == null ? null : source.sql;
    }

    Run(Kind kind, long sent, String sql) {
        this(kind, sent, (Run) null);
        this.sql = sql.length() > MOST ? sql.substring(0, MOST) : sql;
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    String sql() {
        return sql;
    }

    void answered(long time) {
        answered = time;
    }

    void row(long time) {
        firstRow = firstRow < 0 ? time : firstRow;
        rows++;
    }

    void ended(long time, String how) {
        ended = time;
        outcome = how;
    }

    boolean hasEnded() {
        return ended >= 0;
    }

    boolean isTold() {
        return told;
    }

    /** The whole of it; null for what is no run of a statement. */
    @Nullable
    CapturedStatement finish(CapturedConnection connection) {
        told = true;
        if (kind == Kind.QUERY || kind == Kind.FUNCTION_CALL) {
            return statement(connection, sent, null, null, null);
        }
        if (kind != Kind.EXECUTE) {
            return null;
        }
        Run bind = unused(source);
        Run parse = bind == null ? null : unused(bind.source);
        long begin = parse != null ? parse.sent : bind != null ? bind.sent : sent;
        return statement(connection, begin, took(parse), took(bind), Duration.ofNanos(Math.max(0, ended - sent)));
    }

    /** What this run is the first to come from: only then its duration belongs to it. */
    private static @Nullable Run unused(@Nullable Run source) {
        if (source == null || source.used) {
            return null;
        }
        source.used = true;
        return source;
    }

    private static @Nullable Duration took(@Nullable Run run) {
        return run == null || run.answered < 0 ? null : Duration.ofNanos(Math.max(0, run.answered - run.sent));
    }

    private CapturedStatement statement(
            CapturedConnection connection,
            long begin,
            @Nullable Duration parse,
            @Nullable Duration bind,
            @Nullable Duration execute) {
        return new CapturedStatement(
                connection,
                sql,
                Times.instant(begin),
                Duration.ofNanos(Math.max(0, ended - begin)),
                firstRow < 0 ? null : Duration.ofNanos(Math.max(0, firstRow - begin)),
                parse,
                bind,
                execute,
                rows,
                outcome);
    }
}
