package dev.pgwire.internal.request;

import dev.pgwire.error.DataException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.ExecuteExchange;
import dev.pgwire.internal.exchange.OneShotExchange;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.internal.statement.ParameterCount;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.internal.statement.Route;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Command;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

// HOT: one round trip of a statement that the server keeps

/**
 * Runs one statement, or several without parameters, up to the first rows. A statement that is run for the first time is
 * described, which costs a round trip of its own; from then on it is one write and one read. With the second execution the
 * server is asked to keep it, if it may be kept. A statement that the server has lost, or whose columns have changed, is run
 * once more where that loses nothing.
 */
public final class Execution extends Procedure<Results> {
    private enum Phase {
        /** Which way does the text go? */
        ROUTE,
        /** The step has described the statement. */
        DESCRIBED,
        /** The step has looked up the types that values are declared as. */
        NAMES_ARE_KNOWN,
        ANSWER,
        /** The step has rolled back the transaction of which nothing but its BEGIN had happened. */
        ROLLED_BACK,
        /** The step has described the statement anew. */
        DESCRIBED_ANEW,
        LAST_ANSWER,
        /** The step has looked up what the columns are that came without having been described before. */
        TYPES_ARE_KNOWN,
        /** The step is all that is done. */
        DELEGATED
    }

    private static final @Nullable Object[] NONE = {};
    private static final Results NO_RESULTS = new Results();

    private String sql;
    private @Nullable Object[] values;
    private Phase phase = Phase.ROUTE;
    private Results results = NO_RESULTS;
    private @Nullable PreparedStatement statement;
    private @Nullable Procedure<?> step;
    /** Whether the server is to have the statement already. */
    private boolean isNamed;
    /** The BEGIN that rides with the statement. */
    private @Nullable String begin;
    /** Whether the statement is all that is undone when it fails. */
    private boolean isAlone;

    public Execution(Dispatch dispatch, String sql, @Nullable Object[] values) {
        super(dispatch);
        this.sql = sql;
        this.values = values;
    }

    /** An execution of a statement, made of one that has forgotten its own if there is one. */
    public static Execution of(@Nullable Execution idle, Dispatch dispatch, String sql, @Nullable Object[] values) {
        if (idle == null) {
            return new Execution(dispatch, sql, values);
        }
        idle.sql = sql;
        idle.values = values;
        return idle;
    }

    /** Forgets what it has executed, and is as new, once it is over. */
    public void forget() {
        renew();
        sql = "";
        values = NONE;
        phase = Phase.ROUTE;
        results = NO_RESULTS;
        statement = null;
        step = null;
        isNamed = false;
        begin = null;
        isAlone = false;
    }

    /**
     * Whether it is one statement that neither begins nor ends a transaction, nor changes what others mean, as far as its text
     * tells.
     */
    public boolean isPlain() {
        Route route = dispatch().preparation().route(sql, values.length);
        return !(route instanceof Route.Several) && route.shape().isOptimizable();
    }

    /** Whether it was cancelled by a request that was meant for another, and loses nothing when it is run again. */
    public boolean mayRunAgain(PgException failure) {
        return isAlone && begin == null && dispatch().wasMeantForAnother(failure);
    }

    /** The same once more. */
    public Execution again() {
        return new Execution(dispatch(), sql, values);
    }

    @Override
    protected boolean ready() {
        return (phase != Phase.ANSWER && phase != Phase.LAST_ANSWER) || FirstRows.areThere(results, dispatch());
    }

    @Override
    protected boolean mayWrite() {
        Procedure<?> delegate = step;
        return switch (phase) {
            case ANSWER, LAST_ANSWER -> !isSent();
            case DELEGATED, TYPES_ARE_KNOWN -> delegate == null || delegate.isWriting();
            default -> true;
        };
    }

    @Override
    protected boolean proceed() {
        switch (phase) {
            case ROUTE -> route();
            case DESCRIBED -> run(described(), Phase.ANSWER);
            case NAMES_ARE_KNOWN -> {
                stepResult();
                runUnprepared(dispatch().preparation().shape(sql));
            }
            case ANSWER, LAST_ANSWER -> {
                return answered();
            }
            case ROLLED_BACK -> {
                stepResult();
                startOver();
            }
            case DESCRIBED_ANEW -> run(described(), Phase.LAST_ANSWER);
            case TYPES_ARE_KNOWN -> {
                stepResult();
                return over(results);
            }
            case DELEGATED -> {
                return over((Results) Objects.requireNonNull(stepResult()));
            }
        }
        return false;
    }

    private void route() {
        Route route = dispatch().preparation().route(sql, values.length);
        if (route instanceof PreparedStatement known && known.lacksTypes()) {
            // A batch or a pipeline has described it, where nothing can be asked.
            dispatch().preparation().forget(known);
            route = dispatch().preparation().route(sql, values.length);
        }
        if (route instanceof PreparedStatement known) {
            try {
                run(known, Phase.ANSWER);
            } catch (DataException refused) {
                step(Preparing.again(dispatch(), known, refused), Phase.DESCRIBED);
            }
        } else if (route instanceof Route.Several several) {
            step(new SimpleQuery(dispatch(), sql, several.shape()), Phase.DELEGATED);
        } else if (route instanceof Route.Unprepared || (route instanceof Route.Copied && isUnprepared())) {
            if (!dispatch().preparesNothing()) {
                runUnprepared(route.shape());
                return;
            }
            ParameterCount.check(sql, route.shape(), values.length);
            Set<String> names = dispatch().types().undeclared(values);
            if (names.isEmpty() || dispatch().server().transactionStatus() == TransactionStatus.FAILED) {
                runUnprepared(route.shape());
            } else {
                step(TypeLookup.named(dispatch(), names, null), Phase.NAMES_ARE_KNOWN);
            }
        } else {
            ParameterCount.check(values.length);
            step(Preparing.of(dispatch(), sql, route.shape()), Phase.DESCRIBED);
        }
    }

    private boolean isUnprepared() {
        return values.length == 0 || dispatch().preparesNothing();
    }

    private void step(Procedure<?> procedure, Phase then) {
        step = procedure;
        phase = then;
        first(procedure);
    }

    private @Nullable Object stepResult() {
        Procedure<?> ended = step;
        return ended == null ? null : ended.result();
    }

    private PreparedStatement described() {
        if (stepResult() instanceof PreparedStatement described) {
            return described;
        }
        throw new IllegalStateException("no statement was described, expected one");
    }

    private void run(PreparedStatement prepared, Phase then) {
        Dispatch dispatch = dispatch();
        statement = prepared;
        begin = dispatch.due().now();
        isAlone = begin != null || dispatch.isImplicitTransaction();
        Request request = dispatch.newRequest();
        results = new Results();
        SyncExchange sync = new SyncExchange();
        if (prepared.isKept()) {
            isNamed = true;
            dispatch.parameters().executeAndSync(request.out(), prepared, values);
            Result result = new Result(prepared.plan());
            results.add(result);
            request.expect(new ExecuteExchange(prepared.sql(), results, result, dispatch.transport()));
        } else {
            dispatch.meaning().sends(prepared.shape());
            isNamed = !prepared.isUnnamed();
            request.expect(dispatch.preparation().parseAndBind(prepared, values, results));
            request.message(Command.SYNC);
        }
        results.endWith(sync);
        request.expect(sync);
        phase = then;
        send(begin != null ? Flight.BEGIN_AND_STATEMENT : Flight.STATEMENT);
    }

    private void runUnprepared(SqlShape shape) {
        Dispatch dispatch = dispatch();
        Preparation.requireText(sql);
        boolean begins = dispatch.due().now() != null;
        isAlone = shape.isOptimizable() && dispatch.isImplicitTransaction();
        dispatch.newRequest();
        results = new Results();
        Result result = new Result(null);
        SyncExchange sync = new SyncExchange();
        results.add(result);
        results.endWith(sync);
        dispatch.unnamed(sql, values)
                .message(Command.SYNC)
                .expect(new OneShotExchange(sql, results, result, dispatch.transport(), dispatch.planner()))
                .expect(sync);
        dispatch.meaning().sends(shape);
        phase = Phase.ANSWER;
        send(!shape.isOptimizable() ? Flight.ANYTHING : begins ? Flight.BEGIN_AND_STATEMENT : Flight.STATEMENT);
    }

    private boolean answered() {
        PreparedStatement ran = statement;
        PgException failure = results.failure();
        if (failure == null) {
            return ran == null ? hasUnknownTypes() : over(results);
        }
        if (mayRunAgain(failure)) {
            statement = null;
            route();
            return false;
        }
        if (ran == null) {
            dispatch().preparation().forgetNames(failure);
        }
        if (phase == Phase.LAST_ANSWER
                || ran == null
                || !dispatch().preparation().forgetsStale(ran, isNamed, failure)
                || !isAlone) {
            return over(results);
        }
        if (begin == null) {
            describeAnew();
        } else if (dispatch().server().transactionStatus() == TransactionStatus.IDLE) {
            startOver();
        } else {
            step(OwnCommand.of(dispatch(), "ROLLBACK"), Phase.ROLLED_BACK);
        }
        return false;
    }

    /** What came without having been described may have columns of types that are not known. */
    private boolean hasUnknownTypes() {
        TypesOfResults types = results.haveColumns() ? TypesOfResults.of(dispatch(), results) : null;
        if (types == null) {
            return over(results);
        }
        step(types, Phase.TYPES_ARE_KNOWN);
        return false;
    }

    private void startOver() {
        String again = begin;
        if (again != null) {
            dispatch().server().begunAnew();
            dispatch().due().once(again);
        }
        describeAnew();
    }

    private void describeAnew() {
        PreparedStatement known = dispatch().preparation().known(sql);
        if (known != null) {
            run(known, Phase.LAST_ANSWER);
        } else {
            step(Preparing.of(dispatch(), sql, dispatch().preparation().shape(sql)), Phase.DESCRIBED_ANEW);
        }
    }
}
