package dev.pgwire.internal.session;

import dev.pgwire.config.LeakDetection;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.leak.Birth;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.sql.SqlExcerpt;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is read while it arrives. Its reader is held weakly: what no cursor can read any more is dropped when the
 * connection is needed, instead of being set aside.
 */
final class OpenAnswer {
    /** One of this number keeps its stack; a power of two. */
    private static final int SAMPLE = 8;

    private final Results results;
    private final WeakReference<RowStream> reader;
    private final String sql;
    /** Where it was asked for; null if that was not kept. */
    private final @Nullable Throwable birth;

    private boolean dropped;

    private OpenAnswer(Results results, RowStream reader, String sql, @Nullable Throwable birth) {
        this.results = results;
        this.reader = new WeakReference<>(reader);
        this.sql = sql;
        this.birth = birth;
    }

    /** The answer to a statement of the calling thread, and what reads it. */
    static OpenAnswer of(Results results, RowStream reader, String sql, LeakDetection how) {
        return new OpenAnswer(results, reader, sql, Birth.stack(how, SAMPLE, "the statement was run here"));
    }

    Results results() {
        return results;
    }

    /** Whether a cursor may still read it. */
    boolean hasReader() {
        return !reader.refersTo(null);
    }

    boolean isDone() {
        return results.isDone();
    }

    /** Whether it has come to its end, or so much of it is unread that it has to be refused. */
    boolean isSetAsideOrTooMuch() {
        if (!dropped && reader.refersTo(null)) {
            dropped = true;
            tellForgotten();
            results.discard();
        }
        return results.isDone() || results.unreadBytes() > Results.MOST_SET_ASIDE;
    }

    /** What arrives still is read for nothing. Many programs do not mind: so it is reported only where it can be shown which one. */
    private void tellForgotten() {
        if (birth != null && !results.isDone()) {
            Log.warn(
                    "a result was not read to its end, and is not reachable any more, so the rest of it is read and dropped: "
                            + shown() + "; to close its cursor does that as well",
                    birth);
        }
    }

    /** Forgets it, although a cursor may still read, which is told this. */
    void abandon(String why) {
        dropped = true;
        results.abandon(SettingAside.lost(why, shown()));
    }

    /** It was read to its end. A failure that no cursor can tell any more is at least logged. */
    void end() {
        PgException failure = results.failure();
        if (dropped && failure != null && results.tellFailure()) {
            Log.warn("a statement whose result no cursor reads any more has failed: " + shown(), failure);
        }
    }

    /** The statement, in so few words that a message can name it. */
    String shown() {
        return SqlExcerpt.of(sql);
    }
}
