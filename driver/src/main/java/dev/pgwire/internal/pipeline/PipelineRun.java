package dev.pgwire.internal.pipeline;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.internal.answer.WatchedResults;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import dev.pgwire.observe.StatementKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements that are known from the first to the last as a pipeline with one Sync. If one of them cannot be written, none is
 * executed.
 */
public final class PipelineRun extends Procedure<@Nullable Void> {
    private final List<Statement> statements;
    private final PipelineQueue queue;
    private int next;
    private @Nullable Procedure<Results> enqueueing;
    private @Nullable Procedure<@Nullable Void> ending;

    /** One of the statements, and what came of it. */
    public static final class Statement {
        private final String sql;
        private final @Nullable Object[] values;
        private @Nullable Results results;
        private @Nullable PgException failure;

        public Statement(String sql, @Nullable Object[] values) {
            this.sql = sql;
            this.values = values;
        }

        /** Its results, when the pipeline has ended; they may have failed. Null if it was not sent, which {@link #failure} explains. */
        public @Nullable Results results() {
            return results;
        }

        /** Why it was not executed, or failed; null if it did not. */
        public @Nullable PgException failure() {
            Results answered = results;
            return failure != null || answered == null ? failure : answered.failure();
        }
    }

    public PipelineRun(Dispatch dispatch, List<Statement> statements) {
        super(dispatch);
        this.statements = statements;
        this.queue = new PipelineQueue(dispatch);
    }

    @Override
    protected boolean proceed() {
        Procedure<@Nullable Void> end = ending;
        if (end != null) {
            end.result();
            return over(null);
        }
        Procedure<Results> queued = enqueueing;
        if (queued != null) {
            try {
                statements.get(next).results = queued.result();
                next++;
            } catch (Throwable refused) {
                refuse(refused);
                ending = first(new PipelineDrop(dispatch(), queue, why()));
                return false;
            }
        }
        if (next < statements.size()) {
            Statement statement = statements.get(next);
            enqueueing = first(WatchedResults.of(
                    dispatch(),
                    StatementKind.PIPELINED,
                    statement.sql,
                    new Enqueueing(dispatch(), queue, statement.sql, statement.values)));
        } else {
            ending = first(new PipelineSync(dispatch(), queue, () -> false));
        }
        return false;
    }

    /** One of them is to blame. Those before it may have been executed already, but are undone. */
    private void refuse(Throwable refused) {
        PgException cause = refused instanceof PgException known ? known : new InterfaceException(why(), refused);
        for (Statement statement : statements) {
            statement.failure = new PipelineAbortedException(why(), cause);
        }
        statements.get(next).failure = cause;
    }

    private String why() {
        return "nothing of the pipeline was done, because statement " + (next + 1)
                + " could not be sent, expected values that can be written";
    }
}
