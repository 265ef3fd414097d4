package dev.pgwire.internal.session;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.OneShotExchange;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.exchange.Result;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.type.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Has the server describe statements, decides which of them it keeps, and forgets those that can no longer be trusted. */
final class Preparation {
    private final Dispatch dispatch;

    Preparation(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /** What is known of the statement with this text; null if it was not described yet, or is another one now. */
    @Nullable
    PreparedStatement known(String sql) {
        return dispatch.statements().get(sql);
    }

    /** What the text says by itself. */
    SqlShape shape(String sql) {
        return SqlShape.of(sql, dispatch.server().hasBackslashEscapes());
    }

    /** The statement as the server describes it, now if not before. */
    PreparedStatement described(String sql) {
        PreparedStatement known = known(sql);
        return known != null ? known : remember(describe(sql, shape(sql)));
    }

    /** Has the statement described anew the next time: what it is about has changed. */
    void forget(PreparedStatement statement) {
        dispatch.statements().drop(statement);
    }

    /**
     * Has the server describe a statement, in a round trip of its own, with nothing left behind in the server. A BEGIN that is
     * due stays due: a value that the statement does not take must not leave a transaction. A statement that the server
     * refuses must fail the transaction that it is a part of, so then it is asked for once more, behind the BEGIN.
     */
    PreparedStatement describe(String sql, SqlShape shape) {
        requireText(sql);
        dispatch.beginAlone();
        dispatch.closeUnwanted();
        PrepareExchange description = new PrepareExchange(sql);
        SyncExchange sync = askedForDescription(sql, description);
        dispatch.sendBeforeBegin();
        try {
            dispatch.finish(sync);
        } catch (DatabaseException refused) {
            if (dispatch.due().now() == null
                    || refused.diagnostic() == null
                    || refused instanceof QueryCanceledException
                    || dispatch.transport().broken() != null) {
                throw refused;
            }
            dispatch.begin();
            description = new PrepareExchange(sql);
            sync = askedForDescription(sql, description);
            dispatch.send(Dispatch.Flight.ANYTHING);
            dispatch.finish(sync);
        }
        return described(sql, shape, description);
    }

    private SyncExchange askedForDescription(String sql, PrepareExchange description) {
        SyncExchange sync = new SyncExchange();
        dispatch.parseAndDescribe("", sql)
                .message(Command.SYNC)
                .expect(description)
                .expect(sync);
        return sync;
    }

    /**
     * Has the server describe a statement, and leaves the segment open: as long as there is no Sync, what is sent reaches the
     * same process of the server. The statement is kept if it may be.
     *
     * @throws PgException what the server has against it; then the segment has ended
     */
    PreparedStatement describeInSegment(String sql, SqlShape shape) {
        requireText(sql);
        String name = mayBeKept(sql, shape) ? dispatch.statements().nextName() : "";
        PrepareExchange description = new PrepareExchange(sql);
        dispatch.begin();
        dispatch.parseAndDescribe(name, sql).message(Command.FLUSH).expect(description);
        dispatch.send(Dispatch.Flight.ANYTHING);
        dispatch.await(description::isAnswered);
        if (description.hasFailed()) {
            SyncExchange sync = new SyncExchange();
            dispatch.beginAlone().message(Command.SYNC).expect(sync);
            dispatch.send(Dispatch.Flight.ANYTHING);
            dispatch.finish(sync);
        }
        PreparedStatement statement = described(sql, shape, description);
        return remember(name.isEmpty() ? statement : statement.keptAs(name));
    }

    /**
     * A value was refused, and nothing was sent. Another session may have changed what the parameters are, which the server
     * does not tell: it is asked once, unless no type takes the value.
     *
     * @return the statement with other parameters
     * @throws DataException the refusal, if they are what they were
     */
    PreparedStatement describeOtherwise(PreparedStatement known, DataException refused) {
        boolean pointless = refused.sqlState().equals(SqlState.CHARACTER_NOT_IN_REPERTOIRE)
                || dispatch.server().transactionStatus() == TransactionStatus.FAILED;
        if (!pointless) {
            PreparedStatement now = describe(known.sql(), known.shape());
            if (!Arrays.equals(now.parameterTypes(), known.parameterTypes())) {
                return remember(now);
            }
        }
        throw refused;
    }

    /** What the server has told of a statement. */
    PreparedStatement described(String sql, SqlShape shape, PrepareExchange description) {
        return PreparedStatement.described(sql, shape, description, dispatch.types(), dispatch.planner());
    }

    /** Remembers a statement for the next execution of its text. */
    PreparedStatement remember(PreparedStatement statement) {
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
    OneShotExchange parseAndBind(PreparedStatement statement, @Nullable Object[] values, Results results) {
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

    private boolean mayBeKept(String sql, SqlShape shape) {
        return shape.mayBeKept()
                && sql.length() <= StatementCache.LARGEST_KEPT
                && !dispatch.preparesNothing()
                && dispatch.statements().isNaming();
    }

    /** Half a character, or the one that ends a string of the protocol, is refused before anything is written. */
    static void requireText(String sql) {
        Utf8.length(sql);
    }

    /** Forgets the statement that failed, if it is stale. */
    void forgetStale(PgException failure) {
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
    boolean forgetsStale(PreparedStatement statement, @Nullable PgException failure) {
        if (!(failure instanceof DatabaseException refused)) {
            return false;
        }
        switch (refused.sqlState()) {
            case SqlState.INVALID_SQL_STATEMENT_NAME -> {
                if (statement.isUnnamed() || !isOfTheDriver(refused)) {
                    return false;
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
