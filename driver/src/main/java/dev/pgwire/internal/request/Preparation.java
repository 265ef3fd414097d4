package dev.pgwire.internal.request;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.internal.exchange.OneShotExchange;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.registry.UnknownTypes;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.server.StaleStatements;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.internal.statement.Route;
import dev.pgwire.internal.statement.StatementCache;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.frontend.Parse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of statements: which way a text goes, what the server keeps, and which of them can no longer be trusted. */
public final class Preparation {
    /** What the server says where a type is gone, or is not the one that is wanted. */
    private static final Set<String> CHANGED_TYPES = Set.of(
            SqlState.INTERNAL_ERROR,
            SqlState.UNDEFINED_OBJECT,
            SqlState.UNDEFINED_FUNCTION,
            SqlState.DATATYPE_MISMATCH,
            SqlState.INVALID_TEXT_REPRESENTATION);

    private final Dispatch dispatch;

    Preparation(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /** What is known of the statement with this text; null if it was not described yet, or is another one now. */
    @Nullable
    public PreparedStatement known(String sql) {
        forgetOutdated();
        return dispatch.statements().get(sql);
    }

    /** Forgets what was decided by types that are others now. */
    public void forgetOutdated() {
        if (dispatch.types().forgetsAll()) {
            dispatch.statements().dropAll();
        }
    }

    /** The types of a statement that the server should be asked about, each once. */
    public int[] unknownTypes(PrepareExchange description) {
        UnknownTypes unknown = new UnknownTypes(dispatch.types());
        for (int oid : description.parameterTypes()) {
            unknown.meet(oid);
        }
        RowDescription columns = description.columns();
        if (columns != null) {
            for (RowDescription.Field field : columns.fields()) {
                unknown.meet(field.typeOid());
            }
        }
        return unknown.oids();
    }

    /** What the text says by itself. */
    public SqlShape shape(String sql) {
        return SqlShape.of(sql, dispatch.server().hasBackslashEscapes());
    }

    /**
     * Which way a text goes.
     *
     * @param values how many values are given with it
     */
    public Route route(String sql, int values) {
        // Also where nothing is prepared: what has changed since is not taken for what it was.
        PreparedStatement known = known(sql);
        if (known != null) {
            return known;
        }
        SqlShape shape = shape(sql);
        if (values == 0 && shape.hasSeveralStatements()) {
            return new Route.Several(shape);
        }
        if (shape.firstWord().equals("COPY")) {
            return new Route.Copied(shape);
        }
        return preparesNothing() || (values == 0 && !(shape.isOptimizable() && shape.returnsRows()))
                ? new Route.Unprepared(shape)
                : new Route.Preparable(shape);
    }

    /** Whether the server is to keep no statement, and none is worth to be described. */
    boolean preparesNothing() {
        return dispatch.preparesNothing();
    }

    /** Has the statement described anew the next time: what it is about has changed. */
    public void forget(PreparedStatement statement) {
        dispatch.statements().drop(statement);
    }

    /** What the server has told of a statement. */
    public PreparedStatement described(String sql, SqlShape shape, PrepareExchange description) {
        PreparedStatement statement =
                PreparedStatement.described(sql, shape, description, dispatch.types(), dispatch.planner());
        return unknownTypes(description).length > 0 ? statement.lackingTypes() : statement;
    }

    /** Remembers a statement for the next execution of its text. */
    public PreparedStatement remember(PreparedStatement statement) {
        if (!dispatch.preparesNothing()) {
            dispatch.statements().put(statement);
        }
        return statement;
    }

    /**
     * Adds Parse, Bind, Describe of the portal and Execute of a statement that the server does not keep. With its second
     * execution the server is asked to keep it, if it may, and from then on it is not parsed again.
     *
     * @throws DataException if a value cannot be written; nothing was added then
     */
    public OneShotExchange parseAndBind(PreparedStatement statement, @Nullable Object[] values, Results results) {
        Request request = dispatch.request();
        int before = request.out().writerIndex();
        boolean parses = statement.isUnnamed();
        try {
            if (parses) {
                if (statement.comesAgain()
                        && mayBeKept(statement.sql(), statement.shape())
                        && statement.size() <= StatementCache.LARGEST) {
                    statement.parseAs(dispatch.statements().nextName());
                }
                request.message(new Parse(statement.name(), statement.sql(), statement.parameterTypes()));
            }
            dispatch.parameters().bind(request.out(), statement, values);
        } catch (Throwable unusable) {
            // A Parse without its Bind must not leave with the next statement of a pipeline.
            request.out().writerIndex(before);
            if (parses) {
                statement.lose();
            }
            throw unusable;
        }
        dispatch.describeAndExecute();
        Result result = new Result(null);
        results.add(result);
        return parses
                ? OneShotExchange.parsing(statement.sql(), results, result, dispatch.transport(), statement)
                : OneShotExchange.binding(statement.sql(), results, result, dispatch.transport(), statement);
    }

    boolean mayBeKept(String sql, SqlShape shape) {
        return shape.mayBeKept()
                && sql.length() <= SqlShape.LONGEST_KEPT
                && !dispatch.preparesNothing()
                && dispatch.statements().isNaming();
    }

    /** Half a character, or the one that ends a string of the protocol, is refused before anything is written. */
    public static void requireText(String sql) {
        Utf8.length(sql);
    }

    /** A statement has failed that was not described: what values were declared as may be another type by now, or none. */
    void forgetNames(PgException failure) {
        if (failure instanceof DatabaseException refused && CHANGED_TYPES.contains(refused.sqlState())) {
            dispatch.types().forgetNames();
        }
    }

    /** Forgets the statement that failed, if it is stale. */
    public void forgetStale(PgException failure) {
        forgetNames(failure);
        String sql = failure instanceof DatabaseException refused ? refused.sql() : null;
        PreparedStatement statement = sql == null ? null : known(sql);
        if (statement != null) {
            forgetsStale(statement, failure);
        }
    }

    /**
     * Whether a statement has failed because the server does not have it any more, has another under its name, or because its
     * columns are others by now; then it is run otherwise the next time.
     */
    public boolean forgetsStale(PreparedStatement statement, @Nullable PgException failure) {
        return forgetsStale(statement, !statement.isUnnamed(), failure);
    }

    /**
     * The same of an execution behind which others may have been sent before it was answered.
     *
     * @param named whether the server was to have the statement already; another execution may have found out since that it has
     *     not
     */
    boolean forgetsStale(PreparedStatement statement, boolean named, @Nullable PgException failure) {
        if (!(failure instanceof DatabaseException refused)) {
            return false;
        }
        switch (refused.sqlState()) {
            case SqlState.INVALID_SQL_STATEMENT_NAME -> {
                if (!named || !isOfTheDriver(refused)) {
                    return false;
                }
                if (statement.isUnnamed()) {
                    return true;
                }
                statement.lose();
                if (dispatch.statements().isNaming()) {
                    dispatch.statements().stopNaming();
                    Log.warn(StaleStatements.ADVICE);
                }
                return true;
            }
            case SqlState.DUPLICATE_PREPARED_STATEMENT -> {
                if (!isOfTheDriver(refused)) {
                    return false;
                }
                dispatch.statements().changeNames();
                return statement.isUnnamed();
            }
            case SqlState.UNDEFINED_FUNCTION, SqlState.DATATYPE_MISMATCH, SqlState.INVALID_TEXT_REPRESENTATION -> {
                dispatch.types().noticeChange(statement.parameterTypes());
                // The types that the parameters are declared with may be those of before: the next time they are asked
                // for.
                if (statement.parameterTypes().length > 0) {
                    dispatch.statements().drop(statement);
                }
                return false;
            }
            default -> {
                boolean changed = hasOtherColumns(refused);
                if (changed) {
                    dispatch.statements().drop(statement);
                }
                return changed;
            }
        }
    }

    /** A function may run SQL of its own that says the same of a statement of the user's. */
    private boolean isOfTheDriver(DatabaseException refused) {
        Diagnostic diagnostic = refused.diagnostic();
        return diagnostic != null && dispatch.statements().hasName(diagnostic.message());
    }

    /** The messages are translated, the names of the server's functions are not. */
    private static boolean hasOtherColumns(DatabaseException refused) {
        Diagnostic diagnostic = refused.diagnostic();
        String routine = diagnostic == null ? null : diagnostic.routine();
        return (refused.sqlState().equals(SqlState.FEATURE_NOT_SUPPORTED) && "RevalidateCachedQuery".equals(routine))
                || (refused.sqlState().equals(SqlState.PROTOCOL_VIOLATION) && "PortalSetResultFormat".equals(routine));
    }
}
