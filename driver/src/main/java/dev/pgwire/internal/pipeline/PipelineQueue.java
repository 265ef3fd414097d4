package dev.pgwire.internal.pipeline;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.Exchange;
import dev.pgwire.internal.exchange.PipelineSegment;
import dev.pgwire.internal.exchange.PipelinedExchange;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.Remainder;
import dev.pgwire.internal.result.Results;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are sent one behind the other, and answered together. They are written into the session's request buffer,
 * which is theirs until they were sent: before the connection is used for something else they are synced.
 */
public final class PipelineQueue implements Remainder {
    static final long MOST_HELD = Results.MOST_SET_ASIDE;

    private final Dispatch dispatch;
    private final ArrayDeque<PipelineSegment> untold = new ArrayDeque<>();
    /** Of the open segment, those whose columns show only with their rows. */
    private List<Results> undescribed = new ArrayList<>();

    private PipelineSegment segment = new PipelineSegment(MOST_HELD);
    /** Whether there are statements without a Sync behind them. */
    private boolean begun;
    /** Whether some of them were sent. */
    private boolean sent;
    /** Why queued statements were dropped, until that is told. */
    private @Nullable PgException dropped;

    private long statements;

    public PipelineQueue(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /** Whether there are statements without a Sync behind them. */
    public boolean isBegun() {
        return begun;
    }

    /** Whether some of them were sent. */
    boolean isSent() {
        return sent;
    }

    PipelineSegment segment() {
        return segment;
    }

    /** Opens a segment with what is due, unless one is open; returns whether it has. */
    boolean openSegment() {
        if (begun) {
            return false;
        }
        dispatch.bareRequest();
        dispatch.addBegin();
        begun = true;
        return true;
    }

    /** Takes the segment back: the statement that opened it was not queued. */
    void takeSegmentBack() {
        begun = false;
    }

    /** Counts a statement that is queued. */
    void counts() {
        statements++;
    }

    /** A statement of the open segment, which an exchange understands. */
    PipelinedExchange pipelined(Exchange statement, Results results, long number) {
        return new PipelinedExchange(statement, results, segment, number);
    }

    /** How many statements were queued since the pipeline began. */
    long statements() {
        return statements;
    }

    /** A statement is queued of whose columns nothing is known. */
    void isNotDescribed(Results results) {
        undescribed.add(results);
    }

    /** Takes the results whose columns show only with their rows. */
    List<Results> takeUndescribed() {
        List<Results> taken = undescribed;
        undescribed = new ArrayList<>();
        return taken;
    }

    /** A part of the segment was sent. */
    void partSent() {
        sent = true;
        dispatch.bareRequest();
    }

    /** The segment has got its end, or none of it was sent and none may stay queued; returns it. */
    PipelineSegment end() {
        PipelineSegment ended = segment;
        segment = new PipelineSegment(MOST_HELD);
        undescribed = new ArrayList<>();
        begun = false;
        sent = false;
        return ended;
    }

    /** What is queued will never be answered, and is told why: the connection is closed. */
    public void lose(PgException why) {
        PipelineSegment lost = end();
        dispatch.request().refuse(why);
        dispatch.transport().refuse(lost, why);
    }

    /** A segment has failed, which the next call of {@link #throwUntold} tells. */
    void failed(PipelineSegment ended) {
        untold.add(ended);
    }

    /** The queued statements were dropped, which the next call of {@link #throwUntold} tells. */
    void dropped(PgException why) {
        dropped = why;
    }

    /** A result of the pipeline is read: it is synced, unless enough of it is there. */
    @Override
    public Procedure<?> until(BooleanSupplier enough) {
        return new PipelineSync(dispatch, this, enough);
    }

    /**
     * Checks that all failures were told.
     *
     * @throws PgException the first that was not, with those of later segments suppressed in it
     */
    public void throwUntold() {
        PgException first = dropped;
        dropped = null;
        for (PipelineSegment failed = untold.poll(); failed != null; failed = untold.poll()) {
            PgException failure = failed.failure();
            Results results = failed.failed();
            if (failure == null || (results != null && !results.tellFailure())) {
                continue;
            }
            if (first == null) {
                first = failure;
            } else if (first != failure) {
                first.addSuppressed(failure);
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
