package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ReadyForQuery;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a pipeline up to a Sync, and that Sync itself. It is there before the Sync is sent: a statement may
 * have failed by then, and those behind it must know.
 */
public final class PipelineSegment extends SegmentExchange {
    private final long mostHeld;
    private long held;
    private @Nullable Results failed;

    /** A segment with a bound, in bytes, for its unread rows. */
    public PipelineSegment(long mostHeld) {
        this.mostHeld = mostHeld;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        if (message instanceof ReadyForQuery) {
            return finish();
        }
        throw unexpected(message);
    }

    /**
     * A statement could not be executed; returns whether it is the first one, which is to blame.
     *
     * @param results whose reader may be told of it; null if only the pipeline can tell
     */
    boolean failed(@Nullable Results results, PgException cause) {
        boolean first = failure() == null;
        if (first) {
            failed = results;
            fail(cause);
        }
        return first;
    }

    /** The results of the statement that failed; null if none did, be it that the commit failed, or if they cannot tell. */
    public @Nullable Results failed() {
        return failed;
    }

    /** Takes note of rows that are kept. */
    void hold(long bytes) {
        held += bytes;
    }

    /** The bytes of the rows that were kept. */
    public long heldBytes() {
        return held;
    }

    boolean holdsTooMuch() {
        return held > mostHeld;
    }
}
