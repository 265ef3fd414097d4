package dev.pgwire.internal.session;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.pipeline.PipelineQueue;
import org.jspecify.annotations.Nullable;

/** A pipeline of a session, as the public one uses it: each call takes the connection. */
public final class SessionPipeline {
    private final Session session;
    private final PipelineQueue queue;

    SessionPipeline(Session session, PipelineQueue queue) {
        this.session = session;
        this.queue = queue;
    }

    /** Queues one statement; what is in the way of an answer that is still being read is set aside. */
    public RowStream execute(String sql, @Nullable Object[] values) {
        session.enter(queue);
        try {
            return session.enqueue(queue, sql, values);
        } finally {
            session.exit();
        }
    }

    /** Whether there are statements without a Sync behind them, as far as it is known without taking the connection. */
    public boolean isBegun() {
        return queue.isBegun();
    }

    /**
     * Sends what is queued, and reads all answers.
     *
     * @throws PgException the first failure that no call has thrown yet
     */
    public void sync() {
        session.enter(queue);
        try {
            session.sync(queue);
            queue.throwUntold();
        } finally {
            session.exit();
        }
    }

    /** As {@link #sync}, but does nothing if the connection is of no use any more and nothing is lost with it. */
    public void close() {
        session.close(queue);
    }
}
