package dev.pgwire.internal.pipeline;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.PipelineSegment;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.Segment;
import dev.pgwire.protocol.frontend.Command;
import org.jspecify.annotations.Nullable;

/**
 * Drops what is queued in a pipeline: it is not sent, and what was sent of it is made to fail, since a Sync alone would commit
 * it.
 */
public final class PipelineDrop extends Procedure<@Nullable Void> {
    private final PipelineQueue queue;
    private final String why;
    private @Nullable PipelineSegment ended;

    /** A drop of a queue; the pipeline and the cursors of what was not sent are told why. */
    public PipelineDrop(Dispatch dispatch, PipelineQueue queue, String why) {
        super(dispatch);
        this.queue = queue;
        this.why = why;
    }

    @Override
    protected boolean ready() {
        PipelineSegment dropped = ended;
        return dropped == null || dropped.isDone();
    }

    @Override
    protected boolean proceed() {
        if (ended != null || !queue.isBegun()) {
            return over(null);
        }
        boolean partlySent = queue.isSent();
        PipelineSegment dropped = queue.end();
        queue.dropped(new InterfaceException(why));
        PgException unsent = new InterfaceException(why);
        dispatch().request().refuse(unsent);
        if (!partlySent) {
            dispatch().transport().refuse(dropped, unsent);
            return over(null);
        }
        ended = dropped;
        dispatch().bareRequest().message(Segment.FAIL).message(Command.SYNC).expect(dropped);
        send(Flight.ANYTHING);
        return false;
    }
}
