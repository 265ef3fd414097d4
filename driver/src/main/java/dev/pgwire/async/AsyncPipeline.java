package dev.pgwire.async;

import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.row.Answer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Several different statements in one round trip, as {@link dev.pgwire.Pipeline} has it. {@link #execute} queues, and nothing is sent
 * before {@link #sync}: then the statements are sent, with one Sync. Outside a transaction all of them happen or none.
 *
 * <p>When a statement fails, the ones before it have their answers; those behind it fail with {@link PipelineAbortedException}. Belongs
 * to one thread.
 */
public interface AsyncPipeline extends AsyncExecutor {
    /**
     * Queues a statement.
     *
     * @return completes with the {@link #sync}. To cancel it cancels nothing; the future of the sync does
     */
    @Override
    CompletableFuture<Answer> execute(String sql, @Nullable Object... values);

    /**
     * Sends what is queued; with nothing queued it costs nothing.
     *
     * @return done when all answers are there; fails with the first failure
     */
    CompletableFuture<@Nullable Void> sync();
}
