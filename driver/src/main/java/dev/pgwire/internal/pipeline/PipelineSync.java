package dev.pgwire.internal.pipeline;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.PipelineSegment;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.protocol.frontend.Command;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Sends what is queued in a pipeline with a Sync, and reads all answers. The queue keeps the failure, which it tells later. */
public final class PipelineSync extends Procedure<@Nullable Void> {
    private final PipelineQueue queue;
    private final BooleanSupplier enough;
    private @Nullable PipelineSegment ended;

    /** A sync that is not done if enough of an answer is there. */
    public PipelineSync(Dispatch dispatch, PipelineQueue queue, BooleanSupplier enough) {
        super(dispatch);
        this.queue = queue;
        this.enough = enough;
    }

    @Override
    protected boolean ready() {
        PipelineSegment sent = ended;
        return sent == null || sent.isDone();
    }

    @Override
    protected boolean proceed() {
        PipelineSegment sent = ended;
        if (sent == null) {
            if (!queue.isBegun() || enough.getAsBoolean()) {
                return over(null);
            }
            sent = queue.end();
            ended = sent;
            dispatch().addCloses();
            dispatch().request().message(Command.SYNC).expect(sent);
            send(Flight.ANYTHING);
            return false;
        }
        PgException failure = sent.failure();
        if (failure != null) {
            queue.failed(sent);
            dispatch().preparation().forgetStale(failure);
        }
        return over(null);
    }
}
