package dev.pgwire.internal.session;

import dev.pgwire.config.Prepare;
import dev.pgwire.error.DataException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.exchange.CloseExchange;
import dev.pgwire.internal.exchange.OneShotExchange;
import dev.pgwire.internal.exchange.Outcome;
import dev.pgwire.internal.exchange.Result;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import dev.pgwire.type.TypeRegistry;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What every kind of request has in common: the one buffer it is written into, the BEGIN and the Close messages that ride
 * with it when they are due, the wait for the answer. One per session, shared by its runners.
 */
final class Dispatch {
    private static final byte[] UNNAMED = {};
    private static final int[] UNTYPED = {};
    private static final Format[] ALL_TEXT = {};
    private static final Describe DESCRIBE = new Describe(Target.PORTAL, "");

    /** Runs the portal that was bound last, to its end. */
    static final Execute EXECUTE = new Execute("", 0);

    private final Transport transport;
    private final ServerState server;
    private final DueBegin begin;
    private final AnswerWait waiting;
    private final Prepare prepare;
    private final Request request;
    private final TypeRegistry types = TypeRegistry.builtin();
    private final RowPlanner planner = new RowPlanner(types);
    private final BoundParameters parameters = new BoundParameters();
    private final StatementCache statements;
    private final Meaning meaning;
    private @Nullable DeclaredParameters declared;
    /** How many of the unwanted statements the request closes. */
    private int closing;

    private Flight flight = Flight.ANYTHING;
    /** The result of the BEGIN that stands in the request. */
    private @Nullable Result due;

    /** What leaves over a connection, and is waited for. */
    Dispatch(
            Transport transport,
            ServerState server,
            DueBegin begin,
            AnswerWait waiting,
            Prepare prepare,
            StatementCache statements,
            Meaning meaning) {
        this.transport = transport;
        this.server = server;
        this.begin = begin;
        this.waiting = waiting;
        this.prepare = prepare;
        this.request = new Request(transport, waiting);
        this.statements = statements;
        this.meaning = meaning;
    }

    Transport transport() {
        return transport;
    }

    ServerState server() {
        return server;
    }

    DueBegin due() {
        return begin;
    }

    Request request() {
        return request;
    }

    TypeRegistry types() {
        return types;
    }

    RowPlanner planner() {
        return planner;
    }

    BoundParameters parameters() {
        return parameters;
    }

    /** Whether the server is to keep no statement: what is sent next may reach another process of it. */
    boolean preparesNothing() {
        return prepare == Prepare.NEVER;
    }

    StatementCache statements() {
        return statements;
    }

    /** Who is to be told of each text that is sent. */
    Meaning meaning() {
        return meaning;
    }

    /** What the last request was. */
    Flight flight() {
        return flight;
    }

    /** Whether what is sent now is a transaction of its own, which its Sync commits. */
    boolean isImplicitTransaction() {
        return begin.now() == null && server.transactionStatus() == TransactionStatus.IDLE;
    }

    /** Begins a request with nothing before it. */
    Request beginAlone() {
        closing = 0;
        due = null;
        return request.begin();
    }

    /** Begins a request with what is due before it. */
    Request begin() {
        beginAlone();
        closeUnwanted();
        beginTransaction();
        return request;
    }

    /** Adds the Close of the statements that are no longer wanted. */
    void closeUnwanted() {
        List<String> names = statements.unwanted();
        closing = names.size();
        for (int i = 0; i < closing; i++) {
            request.message(new Close(Target.STATEMENT, names.get(i))).expect(new CloseExchange());
        }
    }

    /** BEGIN rides with the statement that needs it; if it fails, the server skips the statement. */
    void beginTransaction() {
        String sql = begin.now();
        due = null;
        if (sql != null) {
            Results results = new Results();
            Result result = new Result(null);
            results.add(result);
            unnamed(sql).expect(new OneShotExchange(sql, results, result, transport, planner));
            due = result;
        }
    }

    /** Adds Parse, Bind, Describe and Execute of the unnamed statement; the Sync is the caller's, and who understands it. */
    Request unnamed(String sql) {
        request.message(new Parse("", sql, UNTYPED));
        Bind.encode(request.out(), UNNAMED, ALL_TEXT, 0, Unpooled.EMPTY_BUFFER, ALL_TEXT);
        return request.message(DESCRIBE).message(EXECUTE);
    }

    /**
     * As {@link #unnamed(String)}, with values.
     *
     * @throws DataException if a value cannot be written; nothing was added then
     */
    Request unnamed(String sql, @Nullable Object[] values) {
        if (values.length == 0) {
            return unnamed(sql);
        }
        DeclaredParameters given = declared;
        if (given == null) {
            given = new DeclaredParameters(types);
            declared = given;
        }
        given.take(values);
        int before = request.out().writerIndex();
        try {
            request.message(new Parse("", sql, given.oids()));
            Bind.encode(request.out(), UNNAMED, given.formats(), given.count(), given.values(), ALL_TEXT);
        } catch (Throwable unusable) {
            // A Parse without its Bind must not leave with the next statement of a pipeline.
            request.out().writerIndex(before);
            throw unusable;
        }
        return request.message(DESCRIBE).message(EXECUTE);
    }

    /** Adds the Describe of the portal and the Execute of a statement that was bound. */
    Request describeAndExecute() {
        return request.message(DESCRIBE).message(EXECUTE);
    }

    /** Adds Parse and Describe of a statement, which is kept if it has a name. */
    Request parseAndDescribe(String name, String sql) {
        return request.message(new Parse(name, sql, UNTYPED)).message(new Describe(Target.STATEMENT, name));
    }

    /** Not before all of it could be written, the due BEGIN and Close leave and are due no more. */
    void send(Flight what) {
        flight = what;
        sendAndForgetClosed();
        Result begun = due;
        if (begun != null) {
            server.begun(begun);
            due = null;
        }
        begin.clear();
    }

    /** Sends a request that goes before the BEGIN that is due. */
    void sendBeforeBegin() {
        flight = Flight.ANYTHING;
        sendAndForgetClosed();
    }

    private void sendAndForgetClosed() {
        request.send();
        statements.unwanted().subList(0, closing).clear();
        closing = 0;
    }

    /** Sends a request that nothing rides with. */
    void sendAlone() {
        flight = Flight.ANYTHING;
        request.send();
    }

    /** Whether what runs was asked to be cancelled. */
    boolean isCancelled() {
        return waiting.isCancelled();
    }

    /** The failure of what was cancelled before all of it was sent. */
    QueryCanceledException cancelled() {
        return waiting.cancelled();
    }

    /** Does I/O until a goal is reached. */
    void await(BooleanSupplier goal) {
        waiting.await(goal);
    }

    /**
     * Waits until a segment has ended.
     *
     * @throws PgException its failure
     */
    void finish(Outcome outcome) {
        await(new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return outcome.isDone();
            }
        });
        PgException failure = outcome.failure();
        if (failure != null) {
            throw failure;
        }
    }

    /** What a request was, as far as it tells before its answer has come whether there is a transaction. */
    enum Flight {
        /** One prepared statement, which neither begins nor ends one. */
        STATEMENT,
        /** The same, with a BEGIN before it. */
        BEGIN_AND_STATEMENT,
        ANYTHING
    }
}
