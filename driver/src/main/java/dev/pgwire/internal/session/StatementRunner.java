package dev.pgwire.internal.session;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.BatchExchange;
import dev.pgwire.internal.exchange.CloseExchange;
import dev.pgwire.internal.exchange.ExecuteExchange;
import dev.pgwire.internal.exchange.OneShotExchange;
import dev.pgwire.internal.exchange.Outcome;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.exchange.QueryExchange;
import dev.pgwire.internal.exchange.Result;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.Target;
import dev.pgwire.type.TypeRegistry;
import dev.pgwire.type.Utf8;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Turns a statement into requests, and waits until its result is complete or its first rows are there. A statement that is
 * run for the first time is prepared, which costs a round trip of its own; from then on it is one write and one read.
 */
final class StatementRunner {
    /** What the last request was, as far as it tells before its answer has come whether there is a transaction. */
    enum Flight {
        /** One prepared statement, which neither begins nor ends one. */
        STATEMENT,
        /** The same, with a BEGIN before it. */
        BEGIN_AND_STATEMENT,
        ANYTHING
    }

    private static final int STATEMENTS = 256;
    /** A result with less than this is complete when its statement returns; a larger one is read as it is consumed. */
    private static final long STREAM_FROM = 64 * 1024;
    /** A batch leaves in parts of about this size. */
    private static final int BATCH_PART = 64 * 1024;

    private static final int MOST_PARAMETERS = 65_535;

    private static final byte[] UNNAMED = {};
    private static final int[] UNTYPED = {};
    private static final Format[] ALL_TEXT = {};
    private static final Execute EXECUTE = new Execute("", 0);
    private static final Describe DESCRIBE = new Describe(Target.PORTAL, "");

    private final Transport transport;
    private final ServerState server;
    private final Runnable interrupted;
    private final Request request;
    private final TypeRegistry types = TypeRegistry.builtin();
    private final RowPlanner planner = new RowPlanner(types);
    private final StatementCache statements = new StatementCache(STATEMENTS);
    private final BoundParameters parameters = new BoundParameters();
    private final DueBegin begin;
    private Flight flight = Flight.ANYTHING;

    /** A runner on a connection; an interrupt of the waiting thread is passed on. */
    StatementRunner(Transport transport, ServerState server, DueBegin begin, Runnable interrupted) {
        this.transport = transport;
        this.server = server;
        this.begin = begin;
        this.interrupted = interrupted;
        this.request = new Request(transport);
    }

    /** What the last request was. */
    Flight lastFlight() {
        return flight;
    }

    /** Runs one statement, or several without parameters. */
    Results execute(String sql, @Nullable Object[] values) {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            SqlShape shape = SqlShape.of(sql, server.hasBackslashEscapes());
            if (values.length == 0 && shape.hasSeveralStatements()) {
                return query(sql);
            }
            if (values.length == 0 && !shape.isWorthPreparing()) {
                return oneShot(sql);
            }
            checkCount(values.length);
            statement = prepare(sql);
        }
        boolean mayRepeat = begin.now() == null && server.transactionStatus() == TransactionStatus.IDLE;
        Results results = bindAndExecute(statement, values);
        if (forgetsStale(statement, results.failure()) && mayRepeat) {
            return bindAndExecute(prepare(sql), values);
        }
        return results;
    }

    /** Runs the text as one simple Query. */
    Results query(String sql) {
        requireText(sql);
        beginNow();
        flight = Flight.ANYTHING;
        Results results = new Results();
        request.begin()
                .message(new Query(sql))
                .expect(new QueryExchange(sql, results, transport, planner))
                .send();
        awaitFirstRows(results);
        forgetChanged(sql);
        return results;
    }

    /** Runs a command of the session's own to its end; returns its tag. */
    @Nullable
    String command(String sql) {
        Results results = new Results();
        QueryExchange exchange = new QueryExchange(sql, results, transport, planner);
        request.begin().message(new Query(sql)).expect(exchange).send();
        finish(exchange);
        Result result = results.current();
        return result == null ? null : result.tag();
    }

    /** Sends the BEGIN that is due, if there is one, and waits for it. */
    void beginNow() {
        String due = begin.now();
        if (due != null) {
            command(due);
            begin.clear();
        }
    }

    /** Runs one statement for many sets of values, in one segment. */
    Results executeMany(String sql, Iterator<@Nullable Object[]> sets) {
        PreparedStatement cached = statements.get(sql);
        if (cached == null
                && SqlShape.of(sql, server.hasBackslashEscapes()).firstWord().equals("COPY")) {
            // In the middle of a batch there is no way back: the next Bind would be read as data.
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "COPY cannot be run through executeMany, expected a statement that takes values",
                    null);
        }
        PreparedStatement statement = cached != null ? cached : prepare(sql);
        boolean implicit = begin.now() == null && server.transactionStatus() == TransactionStatus.IDLE;
        Results results = new Results();
        BatchExchange batch = new BatchExchange(sql, results, statement.plan());
        boolean sent = false;
        boolean more = true;
        try {
            do {
                request.begin();
                if (!sent) {
                    closeUnwanted();
                    begin();
                    request.expect(batch);
                }
                more = sets.hasNext();
                while (more && request.out().readableBytes() < BATCH_PART) {
                    parameters.bind(request.out(), statement, sets.next());
                    request.message(EXECUTE);
                    more = sets.hasNext();
                }
                if (!more) {
                    request.message(Command.SYNC);
                }
                send();
                sent = true;
                transport.await(transport::hasRoom, interrupted);
                transport.poll();
            } while (more && batch.failure() == null);
        } catch (Throwable unusable) {
            if (sent) {
                abandon(batch, implicit);
            }
            throw unusable;
        }
        if (more) {
            request.begin().message(Command.SYNC).send();
        }
        transport.await(batch::isDone, interrupted);
        forgetsStale(statement, batch.failure());
        return results;
    }

    /**
     * A set of values cannot be written after others were sent. Outside a transaction the Sync would commit those: a portal
     * that does not exist makes the server roll them back.
     */
    private void abandon(Outcome batch, boolean implicit) {
        request.begin();
        if (implicit) {
            request.message(new Execute("pgwire_abandoned_batch", 0));
        }
        request.message(Command.SYNC).send();
        transport.await(batch::isDone, interrupted);
    }

    private PreparedStatement prepare(String sql) {
        requireText(sql);
        String name = statements.nextName();
        PrepareExchange description = new PrepareExchange(sql);
        SyncExchange sync = new SyncExchange();
        request.begin();
        closeUnwanted();
        begin();
        request.message(new Parse(name, sql, UNTYPED))
                .message(new Describe(Target.STATEMENT, name))
                .message(Command.SYNC)
                .expect(description)
                .expect(sync);
        send();
        finish(sync);
        PreparedStatement statement = new PreparedStatement(sql, name, description, types, planner);
        statements.put(statement);
        return statement;
    }

    // HOT: one round trip of a cached statement
    private Results bindAndExecute(PreparedStatement statement, @Nullable Object[] values) {
        request.begin();
        closeUnwanted();
        begin();
        parameters.bind(request.out(), statement, values);
        Results results = new Results();
        Result result = new Result(statement.plan());
        SyncExchange sync = new SyncExchange();
        results.add(result);
        results.endWith(sync);
        request.message(EXECUTE)
                .message(Command.SYNC)
                .expect(new ExecuteExchange(statement.sql(), results, result, transport))
                .expect(sync);
        boolean begins = begin.now() != null;
        send();
        flight = begins ? Flight.BEGIN_AND_STATEMENT : Flight.STATEMENT;
        awaitFirstRows(results);
        return results;
    }

    private Results oneShot(String sql) {
        requireText(sql);
        request.begin();
        closeUnwanted();
        begin();
        Results results = unnamed(sql);
        SyncExchange sync = new SyncExchange();
        results.endWith(sync);
        request.message(Command.SYNC).expect(sync);
        send();
        awaitFirstRows(results);
        forgetChanged(sql);
        return results;
    }

    /** Parse, Bind, Describe and Execute of the unnamed statement; the Sync is the caller's. */
    private Results unnamed(String sql) {
        request.message(new Parse("", sql, UNTYPED));
        Bind.encode(request.out(), UNNAMED, ALL_TEXT, 0, Unpooled.EMPTY_BUFFER, ALL_TEXT);
        Results results = new Results();
        Result result = new Result(null);
        results.add(result);
        request.message(DESCRIBE)
                .message(EXECUTE)
                .expect(new OneShotExchange(sql, results, result, transport, planner));
        return results;
    }

    /** BEGIN rides with the statement that needs it; if it fails, the server skips the statement. */
    private void begin() {
        String due = begin.now();
        if (due != null) {
            unnamed(due);
        }
    }

    private void closeUnwanted() {
        for (PreparedStatement statement : statements.unwanted()) {
            String name = new String(statement.name(), StandardCharsets.US_ASCII);
            request.message(new Close(Target.STATEMENT, name)).expect(new CloseExchange());
        }
    }

    /** Not before all of it could be written, the due BEGIN and Close leave and are due no more. */
    private void send() {
        flight = Flight.ANYTHING;
        request.send();
        begin.clear();
        statements.unwanted().clear();
    }

    /** Beyond this the server's own count of a statement's parameters wraps around. */
    private static void checkCount(int values) {
        if (values > MOST_PARAMETERS) {
            throw new InterfaceException(values + " values were given, expected at most " + MOST_PARAMETERS
                    + ", which the protocol counts to");
        }
    }

    private void awaitFirstRows(Results results) {
        transport.await(() -> results.isDone() || results.unreadRowBytes() >= STREAM_FROM, interrupted);
    }

    private void finish(Outcome outcome) {
        transport.await(outcome::isDone, interrupted);
        PgException failure = outcome.failure();
        if (failure != null) {
            throw failure;
        }
    }

    /** Half a character, or the one that ends a string of the protocol, is refused before anything is written. */
    private static void requireText(String sql) {
        Utf8.length(sql);
    }

    private void forgetChanged(String sql) {
        if (SqlShape.mayChangeStatements(sql)) {
            statements.dropAll();
        }
    }

    /** Whether the server has lost the statement, or what the statement gives has changed since it was prepared. */
    private boolean forgetsStale(PreparedStatement statement, @Nullable PgException failure) {
        if (!(failure instanceof DatabaseException refused)) {
            return false;
        }
        Diagnostic diagnostic = refused.diagnostic();
        boolean stale = refused.sqlState().equals(SqlState.INVALID_SQL_STATEMENT_NAME)
                || (refused.sqlState().equals(SqlState.FEATURE_NOT_SUPPORTED)
                        && diagnostic != null
                        && "RevalidateCachedQuery".equals(diagnostic.routine()));
        if (stale) {
            statements.drop(statement);
        }
        return stale;
    }
}
