package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.result.Outcome;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A question of the driver's own inside a segment, which goes on behind it: Parse, Bind, Describe of the portal, Execute, and
 * Close of the statement. It has ended with its own answer and not with a ReadyForQuery.
 */
public final class QuestionExchange extends Exchange implements Outcome {
    private final OneShotExchange question;
    private final Results results = new Results();
    private boolean told;
    private boolean done;
    private @Nullable PgException failure;

    /** A question, whose rows come in text. */
    public QuestionExchange(String sql, Outgoing outgoing, RowPlanner planner) {
        Result result = new Result(null);
        results.add(result);
        results.endWith(this);
        this.question = new OneShotExchange(sql, results, result, outgoing, planner);
    }

    /** The answer. */
    public Results results() {
        return results;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    /** Its procedure waits for it, and no other. */
    @Override
    public void whenDone(Runnable waiting) {
        throw new IllegalStateException("a question of the driver's own has no listeners");
    }

    @Override
    public @Nullable PgException failure() {
        return failure;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        if (!told) {
            told = question.receive(message);
            return false;
        }
        if (message != Signal.CLOSE_COMPLETE) {
            throw unexpected(message);
        }
        done = true;
        return true;
    }

    @Override
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        return question.rows(bytes, from, to, pages);
    }

    @Override
    protected void fail(PgException cause) {
        question.fail(cause);
        failure = cause;
        done = true;
    }

    @Override
    protected String sql() {
        return question.sql();
    }
}
