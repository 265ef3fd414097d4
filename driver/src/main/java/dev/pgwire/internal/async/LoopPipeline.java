package dev.pgwire.internal.async;

import dev.pgwire.async.AsyncPipeline;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.internal.answer.KeptAnswer;
import dev.pgwire.internal.loop.LoopFuture;
import dev.pgwire.internal.pipeline.PipelineRun;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.Given;
import dev.pgwire.row.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A pipeline that is sent as a whole. */
final class LoopPipeline implements AsyncPipeline {
    private final LoopClient client;
    private List<Queued> queued = new ArrayList<>();

    /** A statement, and who waits for it. */
    private record Queued(PipelineRun.Statement statement, LoopFuture<Answer> answer) {}

    LoopPipeline(LoopClient client) {
        this.client = client;
    }

    @Override
    public CompletableFuture<Answer> execute(String sql, @Nullable Object... values) {
        Given given = client.given(sql, values);
        Queued added =
                new Queued(new PipelineRun.Statement(given.sql(), given.values().clone()), new LoopFuture<>());
        queued.add(added);
        return added.answer();
    }

    @Override
    public String literal(@Nullable Object value) {
        return client.literal(value);
    }

    @Override
    public String mogrify(String sql, @Nullable Object... values) {
        return client.mogrify(sql, values);
    }

    @Override
    public CompletableFuture<@Nullable Void> sync() {
        List<Queued> sent = queued;
        queued = new ArrayList<>();
        if (sent.isEmpty()) {
            LoopFuture<@Nullable Void> nothing = new LoopFuture<>();
            nothing.complete(null);
            return nothing;
        }
        CompletableFuture<@Nullable Void> run = run(sent);
        Synced synced = new Synced(run);
        run.whenComplete((ended, failure) -> synced.end(sent, failure));
        return synced;
    }

    private CompletableFuture<@Nullable Void> run(List<Queued> sent) {
        InterfaceException refusal = client.refusal();
        if (refusal != null) {
            LoopFuture<@Nullable Void> refused = new LoopFuture<>();
            refused.completeExceptionally(refusal);
            return refused;
        }
        CompletableFuture<@Nullable Void> run = client.loopConnection()
                .session()
                .pipeline(
                        sent.stream().map(Queued::statement).toList(),
                        client.loopConnection().deadline(),
                        client.mark());
        return client.<@Nullable Void>asked(run);
    }

    /** The end of a pipeline; to cancel it cancels the pipeline. */
    private static final class Synced extends LoopFuture<@Nullable Void> {
        private final CompletableFuture<@Nullable Void> run;

        Synced(CompletableFuture<@Nullable Void> run) {
            this.run = run;
        }

        void end(List<Queued> sent, @Nullable Throwable failure) {
            Throwable first = null;
            for (Queued statement : sent) {
                Throwable failed = answer(statement, failure);
                first = first == null || first instanceof PipelineAbortedException && failed != null ? failed : first;
            }
            first = first == null ? failure : first;
            if (first != null) {
                completeExceptionally(first);
            } else {
                complete(null);
            }
        }

        /** Completes a statement's future; returns why it failed, or null. */
        private static @Nullable Throwable answer(Queued queued, @Nullable Throwable failure) {
            Results results = queued.statement().results();
            PgException own = queued.statement().failure();
            if (own == null && results != null && results.isDone()) {
                queued.answer().complete(KeptAnswer.of(results));
                return null;
            }
            Throwable why = own != null ? own : failure;
            Throwable told =
                    why != null ? why : new InterfaceException("the pipeline has ended without this statement");
            queued.answer().completeExceptionally(told);
            return told;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            run.cancel(mayInterruptIfRunning);
            return super.cancel(mayInterruptIfRunning);
        }
    }
}
