package dev.pgwire.internal.request;

import dev.pgwire.config.Prepare;
import dev.pgwire.error.DataException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.exchange.CloseExchange;
import dev.pgwire.internal.exchange.OneShotExchange;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.observe.Recorder;
import dev.pgwire.internal.observe.StatementRun;
import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.statement.BoundParameters;
import dev.pgwire.internal.statement.DeclaredParameters;
import dev.pgwire.internal.statement.Meaning;
import dev.pgwire.internal.statement.StatementCache;
import dev.pgwire.observe.StatementKind;
import dev.pgwire.observe.StatementPlace;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * What every kind of request has in common: the one buffer it is written into, the BEGIN and the Close messages that ride
 * with it when they are due, the gate through which it leaves. One per session, shared by its procedures.
 */
public final class Dispatch {
    private static final byte[] UNNAMED = {};
    private static final int[] UNTYPED = {};
    private static final Format[] ALL_TEXT = {};
    private static final Describe DESCRIBE = new Describe(Target.PORTAL, "");

    /** Runs the portal that was bound last, to its end. */
    public static final Execute EXECUTE = new Execute("", 0);

    private final Transport transport;
    private final ServerState server;
    private final DueBegin begin;
    private final Gate gate;
    private final Prepare prepare;
    private final Request request;
    private final int streamFrom;
    private final DatabaseTypes types;
    private final RowPlanner planner;
    private final BoundParameters parameters = new BoundParameters();
    private final StatementCache statements;
    private final Meaning meaning;
    private final Preparation preparation;
    private StatementPlace place = new StatementPlace("", 0, "", "", 0);
    private @Nullable DeclaredParameters declared;
    /** How many of the unwanted statements the request closes. */
    private int closing;
    /** How many of the used portals it closes. */
    private int closingPortals;

    /** Whether the request holds what was due. */
    private boolean takesDue;

    /** How many portals were named. */
    private int portals;

    private final List<String> usedPortals = new ArrayList<>();

    private Flight flight = Flight.ANYTHING;
    private Flight next = Flight.ANYTHING;
    /** The result of the BEGIN that stands in the request. */
    private @Nullable Result due;

    /** What leaves over a connection, through a gate. */
    public Dispatch(
            Transport transport, ServerState server, Gate gate, Prepare prepare, DatabaseTypes types, int streamFrom) {
        this.types = types;
        this.planner = new RowPlanner(types);
        this.streamFrom = streamFrom;
        this.transport = transport;
        this.server = server;
        this.begin = new DueBegin(server);
        this.gate = gate;
        this.prepare = prepare;
        this.request = new Request(transport);
        this.statements = new StatementCache();
        this.meaning = new Meaning(statements, types);
        this.preparation = new Preparation(this);
        server.tell(statements, meaning);
    }

    /** Says where its statements run. */
    public void isAt(StatementPlace place) {
        this.place = place;
    }

    /** Whether something is told of statements. */
    public boolean isWatched() {
        return server.watcher() != null || (Recorder.PRESENT && FlightRecorder.isInitialized());
    }

    /** A statement that starts now. */
    public StatementRun starts(StatementKind kind, String sql) {
        return new StatementRun(server.watcher(), kind, sql, place);
    }

    public Transport transport() {
        return transport;
    }

    public ServerState server() {
        return server;
    }

    public DueBegin due() {
        return begin;
    }

    public Request request() {
        return request;
    }

    /** With this many bytes of its rows at hand a statement returns, although its result is not complete. */
    public int streamFrom() {
        return streamFrom;
    }

    /** What is known of statements. */
    public Preparation preparation() {
        return preparation;
    }

    /** What has the driver look again at what its procedure waits for; for any thread. */
    public Runnable wake() {
        return gate::wake;
    }

    /** Code of the program begins, which may take as long as it likes; nothing of the session is used before {@link #comesBack}. */
    public void leaves() {
        gate.leaves();
    }

    /** It has ended. */
    public void comesBack() {
        gate.comesBack();
    }

    /** The types of the database. */
    public DatabaseTypes types() {
        return types;
    }

    public RowPlanner planner() {
        return planner;
    }

    public BoundParameters parameters() {
        return parameters;
    }

    /** Whether the server is to keep no statement: what is sent next may reach another process of it. */
    public boolean preparesNothing() {
        return prepare == Prepare.NEVER;
    }

    public StatementCache statements() {
        return statements;
    }

    /** What is to be told of each text that is sent. */
    public Meaning meaning() {
        return meaning;
    }

    /** What the last request was. */
    public Flight flight() {
        return flight;
    }

    /** A name that no portal of the session has. */
    public String nextPortal() {
        return "pgwire_portal_" + ++portals;
    }

    /**
     * The portals that are not wanted any more, and that the next request closes: the server counts their tables as in use. To be changed
     * by the procedure whose turn it is.
     */
    public List<String> usedPortals() {
        return usedPortals;
    }

    /** Whether what is sent now is a transaction of its own, which its Sync commits. */
    public boolean isImplicitTransaction() {
        return begin.now() == null && server.transactionStatus() == TransactionStatus.IDLE;
    }

    /** A new request, with nothing before what is asked for. */
    public Request bareRequest() {
        closing = 0;
        closingPortals = 0;
        takesDue = false;
        due = null;
        return request.clear();
    }

    /** A new request, with what is due before what is asked for. */
    Request newRequest() {
        bareRequest();
        addCloses();
        addBegin();
        return request;
    }

    /** Adds the Close of the statements and the portals that are no longer wanted. */
    public void addCloses() {
        closingPortals = usedPortals.size();
        for (int i = 0; i < closingPortals; i++) {
            request.message(new Close(Target.PORTAL, usedPortals.get(i))).expect(new CloseExchange());
        }
        List<String> names = statements.unwanted();
        closing = names.size();
        for (int i = 0; i < closing; i++) {
            request.message(new Close(Target.STATEMENT, names.get(i))).expect(new CloseExchange());
        }
    }

    /** Adds the BEGIN that is due, if there is one. If it fails, the server skips the statement that it rides with. */
    public void addBegin() {
        String sql = begin.now();
        due = null;
        takesDue = true;
        if (sql != null) {
            Results results = new Results();
            Result result = new Result(null);
            results.add(result);
            unnamed(sql).expect(new OneShotExchange(sql, results, result, transport, planner));
            due = result;
        }
    }

    /** Adds Parse, Bind, Describe and Execute of the unnamed statement; the Sync is the caller's, and who understands it. */
    public Request unnamed(String sql) {
        request.message(new Parse("", sql, UNTYPED));
        Bind.encode(request.out(), UNNAMED, ALL_TEXT, 0, Unpooled.EMPTY_BUFFER, ALL_TEXT);
        return request.message(DESCRIBE).message(EXECUTE);
    }

    /**
     * As {@link #unnamed(String)}, with values.
     *
     * @throws DataException if a value cannot be written; nothing was added then
     */
    public Request unnamed(String sql, @Nullable Object[] values) {
        if (values.length == 0) {
            return unnamed(sql);
        }
        DeclaredParameters given = declared;
        if (given == null) {
            given = new DeclaredParameters(types);
            declared = given;
        }
        try {
            given.take(values);
        } catch (DataException refused) {
            types.forgetAbsentNames();
            throw refused;
        }
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

    /** As {@link #unnamed(String)}, of a statement with a name, which stays until it is closed. */
    Request once(String name, String sql) {
        request.message(new Parse(name, sql, UNTYPED));
        Bind.encode(
                request.out(), name.getBytes(StandardCharsets.US_ASCII), ALL_TEXT, 0, Unpooled.EMPTY_BUFFER, ALL_TEXT);
        return describeAndExecute();
    }

    /** Adds the Describe of the portal and the Execute of a statement that was bound. */
    Request describeAndExecute() {
        return request.message(DESCRIBE).message(EXECUTE);
    }

    /** Adds Parse and Describe of a statement, which is kept if it has a name. */
    public Request parseAndDescribe(String name, String sql) {
        return request.message(new Parse(name, sql, UNTYPED)).message(new Describe(Target.STATEMENT, name));
    }

    /** The request is complete; it is sent by {@link #trySend}. */
    void seal(Flight what) {
        next = what;
    }

    /**
     * Sends the request, unless a cancel request is under way that could hit it; only then do the BEGIN and the Closes in it
     * count as sent.
     *
     * @return whether it was sent
     * @throws PgException if it may not be sent; then all its exchanges have failed
     */
    boolean trySend() {
        try {
            if (!gate.tryPass()) {
                return false;
            }
        } catch (PgException refused) {
            request.refuse(refused);
            throw refused;
        }
        flight = next;
        request.send();
        if (closingPortals > 0) {
            usedPortals.subList(0, closingPortals).clear();
            closingPortals = 0;
        }
        if (closing > 0) {
            statements.unwanted().subList(0, closing).clear();
            closing = 0;
        }
        if (takesDue) {
            Result begun = due;
            if (begun != null) {
                server.begun(begun);
                due = null;
            }
            begin.clear();
        }
        return true;
    }

    /** Whether it is worth trying to send. */
    boolean maySend() {
        return gate.mayPass();
    }

    /** Whether a statement, which is all that is undone, was cancelled instead of another. */
    public boolean wasMeantForAnother(PgException failure) {
        return gate.wasMeantForAnother(failure);
    }

    /** Whether what runs was asked to be cancelled. */
    public boolean isCancelled() {
        return gate.isCancelled();
    }

    /** Whether what runs is not wanted any more, for which the server need not have been asked to cancel it. */
    public boolean isUnwanted() {
        return gate.isUnwanted();
    }

    /** The failure of what was cancelled before all of it was sent. */
    public QueryCanceledException cancelled() {
        return gate.cancelled();
    }
}
