package dev.pgwire.internal.exchange;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.internal.result.Outcome;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.backend.BackendMessage;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a pipeline. The exchange that it wraps understands the answer; this one knows whether the statement
 * failed itself or was skipped because another had failed before it. It has ended when its segment has.
 */
public final class PipelinedExchange extends Exchange implements Outcome {
    private final Exchange statement;
    private final Results results;
    private final PipelineSegment segment;
    private final long number;
    private boolean answered;
    /** Whether the result was too much to be held. */
    private boolean abandoned;

    private boolean aborted;
    private @Nullable PgException failure;

    /**
     * A statement of a segment.
     *
     * @param number which one it is in its pipeline, counted from 1
     */
    public PipelinedExchange(Exchange statement, Results results, PipelineSegment segment, long number) {
        this.statement = statement;
        this.results = results;
        this.segment = segment;
        this.number = number;
        results.endWith(this);
    }

    @Override
    protected boolean receive(BackendMessage message) {
        answered = statement.receive(message);
        return answered;
    }

    @Override
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        int end = statement.rows(bytes, from, to, pages);
        if (!results.isDiscarded()) {
            segment.hold(end - from);
            if (segment.holdsTooMuch()) {
                abandoned = true;
                results.abandon(
                        new InterfaceException(
                                "the results of the pipeline took " + segment.heldBytes()
                                        + " bytes when this one came, which is lost; expected a sync() before, and that they are read"));
            }
        }
        return end;
    }

    @Override
    protected void fail(PgException cause) {
        answered = true;
        statement.fail(cause);
        if (segment.failed(toBeTold(), cause)) {
            failure = cause;
        } else {
            aborted = true;
        }
    }

    /** No statement is to blame more than the others. */
    @Override
    protected void lost(PgException cause) {
        answered = true;
        statement.lost(cause);
        failure = segment.failed(toBeTold(), cause) ? cause : Loss.again(cause);
    }

    /** Whose reader may be told of the failure; a result that was lost tells of that, so the pipeline tells the failure. */
    private @Nullable Results toBeTold() {
        return abandoned ? null : results;
    }

    /** Whether all that was asked has been answered, or never will be. */
    public boolean isAnswered() {
        return answered;
    }

    @Override
    public boolean isDone() {
        return segment.isDone();
    }

    @Override
    public void whenDone(Runnable told) {
        segment.whenDone(told);
    }

    @Override
    public @Nullable PgException failure() {
        PgException cause = segment.failure();
        if (aborted && failure == null && cause != null) {
            failure = Loss.isFarewell(cause)
                    ? Loss.again(cause)
                    : new PipelineAbortedException(
                            place() + " was not executed because one before it had failed, expected all to succeed: "
                                    + cause.getMessage(),
                            cause);
        }
        return failure;
    }

    @Override
    @Nullable
    protected String sql() {
        return statement.sql();
    }

    @Override
    protected String place(Diagnostic error) {
        return place();
    }

    private String place() {
        return "statement " + number + " of the pipeline";
    }
}
