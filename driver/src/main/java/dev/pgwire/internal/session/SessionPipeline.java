package dev.pgwire.internal.session;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.answer.WatchedResults;
import dev.pgwire.internal.pipeline.Enqueueing;
import dev.pgwire.internal.pipeline.PipelineQueue;
import dev.pgwire.observe.StatementKind;
import org.jspecify.annotations.Nullable;

/** A pipeline of a session, as the public one uses it: each call takes the connection. */
public final class SessionPipeline {
    private final Session session;
    private final CallerDriver driver;
    private final AnswerReader reader;
    private final Unfinished unfinished;
    private final PipelineQueue queue;

    SessionPipeline(Session session, CallerDriver driver, AnswerReader reader, Unfinished unfinished) {
        this.session = session;
        this.driver = driver;
        this.reader = reader;
        this.unfinished = unfinished;
        this.queue = new PipelineQueue(session.dispatch());
    }

    /** Takes the connection; what is in the way of an answer that is still being read is set aside. */
    private void enter() {
        session.enterAsItIs();
        try {
            unfinished.makeRoomFor(queue);
            if (!queue.isBegun()) {
                driver.policy().begin(session.newDeadline());
                session.restoreDateStyle();
            }
        } catch (Throwable failed) {
            session.exit();
            throw failed;
        }
    }

    /** Queues one statement. */
    public RowStream execute(String sql, @Nullable Object[] values) {
        enter();
        try {
            return RowStream.pipelined(
                    reader,
                    driver.run(WatchedResults.of(
                            session.dispatch(),
                            StatementKind.PIPELINED,
                            sql,
                            new Enqueueing(session.dispatch(), queue, sql, values))));
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
        enter();
        try {
            unfinished.sync(queue);
            queue.throwUntold();
        } finally {
            session.exit();
        }
    }

    /** As {@link #sync}, but does nothing if the connection is of no use any more and nothing is lost with it. */
    public void close() {
        driver.enter();
        try {
            if (!session.isClosedByUser()) {
                unfinished.sync(queue);
            } else if (queue.isBegun()) {
                InterfaceException lost = new InterfaceException(
                        "the connection was closed while statements were queued in a pipeline, which"
                                + " are lost; expected that the pipeline is closed before");
                queue.lose(lost);
                throw lost;
            }
            queue.throwUntold();
        } finally {
            driver.exit();
        }
    }
}
