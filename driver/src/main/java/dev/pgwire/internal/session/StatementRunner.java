package dev.pgwire.internal.session;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.exchange.ExecuteExchange;
import dev.pgwire.internal.exchange.OneShotExchange;
import dev.pgwire.internal.exchange.QueryExchange;
import dev.pgwire.internal.exchange.Result;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Query;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a statement into requests, and waits until its result is complete or its first rows are there. A statement that is
 * run for the first time is described, which costs a round trip of its own; from then on it is one write and one read. With
 * the second execution the server is asked to keep it, if it may be kept.
 */
final class StatementRunner {
    /** A result with less than this is complete when its statement returns; a larger one is read as it is consumed. */
    private static final long STREAM_FROM = 64 * 1024;

    private static final int MOST_PARAMETERS = 65_535;

    private final Dispatch dispatch;
    private final Preparation preparation;

    StatementRunner(Dispatch dispatch, Preparation preparation) {
        this.dispatch = dispatch;
        this.preparation = preparation;
    }

    /** Runs one statement, or several without parameters. */
    Results execute(String sql, @Nullable Object[] values) {
        if (dispatch.preparesNothing()) {
            return unprepared(sql, values);
        }
        PreparedStatement known = preparation.known(sql);
        if (known == null) {
            SqlShape shape = preparation.shape(sql);
            if (values.length == 0 && shape.hasSeveralStatements()) {
                return query(sql, shape);
            }
            if (values.length == 0 && !(shape.isOptimizable() && shape.returnsRows())) {
                return oneShot(sql, values, shape);
            }
            checkCount(values.length);
            return runAndRepeat(preparation.remember(preparation.describe(sql, shape)), values);
        }
        try {
            return runAndRepeat(known, values);
        } catch (DataException refused) {
            return runAndRepeat(preparation.describeOtherwise(known, refused), values);
        }
    }

    /** Runs a statement, and once more if the server has lost it or has changed its columns, where that loses nothing. */
    private Results runAndRepeat(PreparedStatement statement, @Nullable Object[] values) {
        String due = dispatch.due().now();
        boolean losesNothing = due != null || dispatch.isImplicitTransaction();
        Results results = run(statement, values);
        if (results.failure() == null || !preparation.forgetsStale(statement, results.failure()) || !losesNothing) {
            return results;
        }
        if (due != null) {
            // All that has happened in the transaction is its BEGIN.
            if (dispatch.server().transactionStatus() != TransactionStatus.IDLE) {
                command("ROLLBACK");
            }
            dispatch.server().begunAnew();
            dispatch.due().once(due);
        }
        return run(preparation.described(statement.sql()), values);
    }

    private Results unprepared(String sql, @Nullable Object[] values) {
        SqlShape shape = preparation.shape(sql);
        if (values.length == 0 && shape.hasSeveralStatements()) {
            return query(sql, shape);
        }
        checkCount(sql, shape, values.length);
        return oneShot(sql, values, shape);
    }

    /** Runs the text as one simple Query. */
    Results query(String sql) {
        return query(sql, preparation.shape(sql));
    }

    private Results query(String sql, SqlShape shape) {
        Preparation.requireText(sql);
        beginNow();
        dispatch.meaning().sends(shape);
        Results results = new Results();
        dispatch.beginAlone().message(new Query(sql)).expect(exchange(sql, results));
        dispatch.sendAlone();
        awaitFirstRows(results);
        return results;
    }

    /** Runs a command of the session's own to its end; returns its tag. */
    @Nullable
    String command(String sql) {
        dispatch.meaning().sendsCommand(sql);
        Results results = new Results();
        // Of whatever the server answers to that, only the tag is of interest.
        results.discard();
        toTheEnd(sql, results);
        Result result = results.current();
        return result == null ? null : result.tag();
    }

    /** Runs commands of the session's own to their end; what they do to prepared statements is the caller's to know. */
    Results commands(String sql) {
        Results results = new Results();
        toTheEnd(sql, results);
        return results;
    }

    private void toTheEnd(String sql, Results results) {
        QueryExchange exchange = exchange(sql, results);
        dispatch.beginAlone().message(new Query(sql)).expect(exchange);
        dispatch.sendAlone();
        dispatch.finish(exchange);
    }

    private QueryExchange exchange(String sql, Results results) {
        return new QueryExchange(sql, results, dispatch.transport(), dispatch.planner());
    }

    /** Sends the BEGIN that is due, if there is one, and waits for it. */
    void beginNow() {
        String due = dispatch.due().now();
        if (due != null) {
            command(due);
            dispatch.due().clear();
        }
    }

    // HOT: one round trip of a statement that the server keeps
    private Results run(PreparedStatement statement, @Nullable Object[] values) {
        Request request = dispatch.begin();
        Results results = new Results();
        SyncExchange sync = new SyncExchange();
        if (statement.isKept()) {
            dispatch.parameters().bind(request.out(), statement, values);
            Result result = new Result(statement.plan());
            results.add(result);
            request.message(Dispatch.EXECUTE)
                    .message(Command.SYNC)
                    .expect(new ExecuteExchange(statement.sql(), results, result, dispatch.transport()));
        } else {
            dispatch.meaning().sends(statement.shape());
            request.expect(preparation.parseAndBind(statement, values, results));
            request.message(Command.SYNC);
        }
        results.endWith(sync);
        request.expect(sync);
        dispatch.send(statementFlight());
        awaitFirstRows(results);
        return results;
    }

    /** What one statement is that neither begins nor ends a transaction. */
    private Dispatch.Flight statementFlight() {
        return dispatch.due().now() != null ? Dispatch.Flight.BEGIN_AND_STATEMENT : Dispatch.Flight.STATEMENT;
    }

    private Results oneShot(String sql, @Nullable Object[] values, SqlShape shape) {
        Preparation.requireText(sql);
        dispatch.begin();
        Results results = new Results();
        Result result = new Result(null);
        SyncExchange sync = new SyncExchange();
        results.add(result);
        results.endWith(sync);
        dispatch.unnamed(sql, values)
                .message(Command.SYNC)
                .expect(new OneShotExchange(sql, results, result, dispatch.transport(), dispatch.planner()))
                .expect(sync);
        dispatch.meaning().sends(shape);
        dispatch.send(shape.isOptimizable() ? statementFlight() : Dispatch.Flight.ANYTHING);
        awaitFirstRows(results);
        return results;
    }

    /** Beyond this the server's own count of a statement's parameters wraps around. */
    static void checkCount(int values) {
        if (values > MOST_PARAMETERS) {
            throw new InterfaceException(values + " values were given, expected at most " + MOST_PARAMETERS
                    + ", which the protocol counts to");
        }
    }

    /** As {@link #checkCount(int)}, of a statement whose parameters nobody but its text tells. */
    static void checkCount(String sql, SqlShape shape, int values) {
        checkCount(values);
        if (shape.isOptimizable()) {
            BoundParameters.checkCount(sql, shape.parameters(), values);
        }
    }

    private void awaitFirstRows(Results results) {
        dispatch.await(new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return results.isDone()
                        || results.areMore(AnswerReader.MOST_SET_ASIDE)
                        || results.unreadRowBytes() + dispatch.transport().undeliveredBytes() >= STREAM_FROM;
            }
        });
    }
}
