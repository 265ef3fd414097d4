package dev.pgwire.internal.session;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.sql.SqlExcerpt;
import java.lang.ref.WeakReference;

/**
 * An answer that is read while it arrives. Its reader is held weakly: what no cursor can read any more is dropped when the
 * connection is needed, instead of being set aside.
 */
final class OpenAnswer {
    private final Results results;
    private final WeakReference<RowStream> reader;
    private final String sql;
    private boolean dropped;

    /** The answer to a statement, and who reads it. */
    OpenAnswer(Results results, RowStream reader, String sql) {
        this.results = results;
        this.reader = new WeakReference<>(reader);
        this.sql = sql;
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
            results.discard();
        }
        return results.isDone() || results.unreadBytes() > Results.MOST_SET_ASIDE;
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
