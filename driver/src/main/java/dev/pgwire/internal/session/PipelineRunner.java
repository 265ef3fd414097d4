package dev.pgwire.internal.session;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.Exchange;
import dev.pgwire.internal.exchange.ExecuteExchange;
import dev.pgwire.internal.exchange.OneShotExchange;
import dev.pgwire.internal.exchange.PipelineSegment;
import dev.pgwire.internal.exchange.PipelinedExchange;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.exchange.Remainder;
import dev.pgwire.internal.exchange.Result;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are sent one behind the other, and answered together. They are written into the session's request
 * buffer, which is nobody else's until they were sent: whoever wants the connection has them synced first.
 */
final class PipelineRunner implements Remainder {
    /** As much as this is queued before it is sent. */
    private static final int PART = 64 * 1024;

    private static final long MOST_HELD = AnswerReader.MOST_SET_ASIDE;

    private final Dispatch dispatch;
    private final Preparation preparation;
    private final ArrayDeque<PipelineSegment> untold = new ArrayDeque<>();
    private PipelineSegment segment = new PipelineSegment(MOST_HELD);
    /** Whether there are statements without a Sync behind them. */
    private boolean begun;
    /** Whether some of them were sent. */
    private boolean sent;
    /** Why queued statements were dropped, until that is told. */
    private @Nullable PgException abandoned;

    private long statements;

    PipelineRunner(Dispatch dispatch, Preparation preparation) {
        this.dispatch = dispatch;
        this.preparation = preparation;
    }

    /** Whether there are statements without a Sync behind them. */
    boolean isBegun() {
        return begun;
    }

    /** Queues one statement. If it throws, nothing was queued. */
    Results execute(String sql, @Nullable Object[] values) {
        if (segment.heldBytes() > MOST_HELD / 2) {
            throw new InterfaceException("the pipeline holds " + segment.heldBytes()
                    + " bytes of results, expected a sync() before, and that they are read");
        }
        Results results = new Results();
        results.dependOn(this);
        PreparedStatement known = preparation.known(sql);
        if (known != null) {
            try {
                bind(known, values, results);
            } catch (DataException refused) {
                bindOtherwise(known, refused, values, results);
            }
        } else {
            unknown(sql, shape(sql), values, results);
        }
        if (dispatch.request().out().readableBytes() >= PART) {
            flush();
            dispatch.await(dispatch.transport()::hasRoom);
            dispatch.transport().poll();
        }
        return results;
    }

    private void unknown(String sql, SqlShape shape, @Nullable Object[] values, Results results) {
        if (dispatch.preparesNothing()) {
            StatementRunner.checkCount(sql, shape, values.length);
            unprepared(sql, shape, values, results);
        } else if (values.length == 0 && !(shape.isOptimizable() && shape.returnsRows())) {
            unprepared(sql, shape, values, results);
        } else {
            StatementRunner.checkCount(values.length);
            PreparedStatement described = describe(sql, shape, results);
            if (described != null) {
                described.comesAgain();
                bindDescribed(preparation.remember(described), values, results);
            }
        }
    }

    /** A statement of which something is known is parsed once more, unless the server keeps it. */
    private void bind(PreparedStatement statement, @Nullable Object[] values, Results results) {
        if (statement.isKept()) {
            bindDescribed(statement, values, results);
            return;
        }
        boolean first = !begun;
        begin();
        OneShotExchange exchange;
        try {
            exchange = preparation.parseAndBind(statement, values, results);
        } catch (Throwable unusable) {
            if (first) {
                begun = false;
            }
            throw unusable;
        }
        dispatch.meaning().sends(statement.shape());
        statements++;
        dispatch.request().expect(pipelined(exchange, results));
    }

    /** Another session may have changed what the parameters are: the server is asked once, behind all that is queued. */
    private void bindOtherwise(
            PreparedStatement known, DataException refused, @Nullable Object[] values, Results results) {
        if (refused.sqlState().equals(SqlState.CHARACTER_NOT_IN_REPERTOIRE)) {
            throw refused;
        }
        PreparedStatement now = describe(known.sql(), known.shape(), results);
        if (now == null) {
            return;
        }
        if (Arrays.equals(now.parameterTypes(), known.parameterTypes())) {
            throw refused;
        }
        bindDescribed(preparation.remember(now), values, results);
    }

    /** The server has the statement as it was described. */
    private void bindDescribed(PreparedStatement statement, @Nullable Object[] values, Results results) {
        boolean first = !begun;
        begin();
        try {
            dispatch.parameters().bind(dispatch.request().out(), statement, values);
        } catch (Throwable unusable) {
            if (first) {
                begun = false;
            }
            throw unusable;
        }
        dispatch.meaning().sends(statement.shape());
        statements++;
        Result result = new Result(statement.plan());
        results.add(result);
        dispatch.request()
                .message(Dispatch.EXECUTE)
                .expect(pipelined(
                        new ExecuteExchange(statement.sql(), results, result, dispatch.transport()), results));
    }

    private void unprepared(String sql, SqlShape shape, @Nullable Object[] values, Results results) {
        boolean first = !begun;
        begin();
        try {
            dispatch.unnamed(sql, values);
        } catch (Throwable unusable) {
            if (first) {
                begun = false;
            }
            throw unusable;
        }
        dispatch.meaning().sends(shape);
        statements++;
        dispatch.request().expect(oneShot(sql, results));
    }

    private Exchange oneShot(String sql, Results results) {
        Result result = new Result(null);
        results.add(result);
        return pipelined(new OneShotExchange(sql, results, result, dispatch.transport(), dispatch.planner()), results);
    }

    private PipelinedExchange pipelined(Exchange statement, Results results) {
        return new PipelinedExchange(statement, results, segment, statements);
    }

    /** One statement, and no COPY, whose data would be read from the messages behind it. */
    private SqlShape shape(String sql) {
        Preparation.requireText(sql);
        SqlShape shape = preparation.shape(sql);
        if (shape.hasSeveralStatements()) {
            throw new InterfaceException("a string of several statements was given, expected one for each execute()");
        }
        if (shape.firstWord().equals("COPY")) {
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED, "COPY cannot be run in a pipeline, expected it outside", null);
        }
        return shape;
    }

    /**
     * Has a statement described behind all that is queued, without a Sync, so that they stay one transaction, and what was
     * created before is there.
     *
     * @return null if it failed, or one before it; then the results know
     */
    private @Nullable PreparedStatement describe(String sql, SqlShape shape, Results results) {
        begin();
        dispatch.closeUnwanted();
        PrepareExchange description = new PrepareExchange(sql);
        PipelinedExchange asked = new PipelinedExchange(description, results, segment, statements + 1);
        dispatch.parseAndDescribe("", sql).message(Command.FLUSH).expect(asked);
        send();
        dispatch.await(asked::isAnswered);
        if (segment.failure() == null) {
            return preparation.described(sql, shape, description);
        }
        statements++;
        results.add(new Result(null));
        return null;
    }

    private void begin() {
        if (!begun) {
            dispatch.beginAlone();
            dispatch.beginTransaction();
            begun = true;
        }
    }

    private void flush() {
        dispatch.closeUnwanted();
        send();
    }

    private void send() {
        try {
            dispatch.send(Dispatch.Flight.ANYTHING);
        } catch (Throwable refused) {
            // Nothing of the segment was sent, and nothing may stay queued.
            begun = false;
            sent = false;
            segment = new PipelineSegment(MOST_HELD);
            throw refused;
        }
        sent = true;
        dispatch.beginAlone();
    }

    /** Somebody reads a result of the pipeline: it is synced. */
    @Override
    public void send(BooleanSupplier enough) {
        if (!enough.getAsBoolean()) {
            finish();
        }
    }

    /** Sends what is queued with a Sync, and reads all answers. A failure is kept for {@link #throwUntold}. */
    void finish() {
        if (!begun) {
            return;
        }
        begun = false;
        sent = false;
        PipelineSegment ended = segment;
        segment = new PipelineSegment(MOST_HELD);
        dispatch.closeUnwanted();
        dispatch.request().message(Command.SYNC).expect(ended);
        dispatch.send(Dispatch.Flight.ANYTHING);
        dispatch.await(ended::isDone);
        PgException failure = ended.failure();
        if (failure != null) {
            untold.add(ended);
            preparation.forgetStale(failure);
        }
    }

    /**
     * What is queued is not to happen: it is not sent, and what was sent of it is made to fail, since a Sync alone would commit
     * it.
     *
     * @param why what the pipeline and the cursors of what was not sent are told
     */
    void abandon(String why) {
        if (!begun) {
            return;
        }
        begun = false;
        abandoned = new InterfaceException(why);
        PipelineSegment ended = segment;
        segment = new PipelineSegment(MOST_HELD);
        boolean partlySent = sent;
        sent = false;
        PgException dropped = new InterfaceException(why);
        dispatch.request().refuse(dropped);
        if (!partlySent) {
            dispatch.transport().refuse(ended, dropped);
            return;
        }
        dispatch.request()
                .begin()
                .message(new Execute("pgwire_abandoned_pipeline", 0))
                .message(Command.SYNC)
                .expect(ended);
        dispatch.sendAlone();
        dispatch.await(ended::isDone);
    }

    /**
     * Checks that there is no failure that nobody was told of.
     *
     * @throws PgException the first one, with those of later segments suppressed in it
     */
    void throwUntold() {
        PgException first = abandoned;
        abandoned = null;
        for (PipelineSegment failed = untold.poll(); failed != null; failed = untold.poll()) {
            PgException failure = failed.failure();
            Results results = failed.failed();
            if (failure == null || (results != null && !results.tellFailure())) {
                continue;
            }
            if (first == null) {
                first = failure;
            } else if (first != failure) {
                first.addSuppressed(failure);
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
