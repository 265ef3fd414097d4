package dev.pgwire.internal.pipeline;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.PipelineSegment;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.TypesOfResults;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.frontend.Command;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Sends what is queued in a pipeline with a Sync, reads all answers, and looks up what types they have. The queue keeps the failure, which it tells later. */
public final class PipelineSync extends Procedure<@Nullable Void> {
    private final PipelineQueue queue;
    private final BooleanSupplier enough;
    private @Nullable PipelineSegment ended;
    private List<Results> undescribed = List.of();
    private @Nullable TypesOfResults types;

    /** A sync that is not done if enough of an answer is there. */
    public PipelineSync(Dispatch dispatch, PipelineQueue queue, BooleanSupplier enough) {
        super(dispatch);
        this.queue = queue;
        this.enough = enough;
    }

    @Override
    protected boolean ready() {
        PipelineSegment sent = ended;
        return sent == null || types != null || sent.isDone();
    }

    @Override
    protected boolean proceed() {
        PipelineSegment sent = ended;
        if (sent == null) {
            if (!queue.isBegun() || enough.getAsBoolean()) {
                return over(null);
            }
            undescribed = queue.takeUndescribed();
            sent = queue.end();
            ended = sent;
            dispatch().addCloses();
            dispatch().request().message(Command.SYNC).expect(sent);
            send(Flight.ANYTHING);
            return false;
        }
        TypesOfResults asked = types;
        if (asked != null) {
            asked.result();
            return over(null);
        }
        PgException failure = sent.failure();
        if (failure != null) {
            queue.failed(sent);
            dispatch().preparation().forgetStale(failure);
        }
        asked = undescribed.isEmpty() ? null : TypesOfResults.of(dispatch(), undescribed);
        if (asked == null) {
            return over(null);
        }
        types = first(asked);
        return false;
    }
}
