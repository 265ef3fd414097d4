package dev.pgwire.internal.session;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.type.Utf8;
import org.jspecify.annotations.Nullable;

/** Has the server prepare statements, and forgets those that can no longer be trusted. */
final class Preparation {
    private final Dispatch dispatch;

    Preparation(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /** The statement with this text, if it is prepared. */
    @Nullable
    PreparedStatement known(String sql) {
        return dispatch.statements().get(sql);
    }

    /** The statement as the server has it prepared, now if not before. */
    PreparedStatement prepared(String sql) {
        PreparedStatement known = known(sql);
        return known != null ? known : prepare(sql);
    }

    /** Has the statement prepared anew the next time: what it is about has changed. */
    void forget(PreparedStatement statement) {
        dispatch.statements().drop(statement);
    }

    /** Prepares a statement in a round trip of its own; a BEGIN that is due goes with it. */
    PreparedStatement prepare(String sql) {
        requireText(sql);
        String name = dispatch.preparesNothing() ? "" : dispatch.statements().nextName();
        PrepareExchange description = new PrepareExchange(sql);
        SyncExchange sync = new SyncExchange();
        dispatch.begin();
        dispatch.named(name, sql).message(Command.SYNC).expect(description).expect(sync);
        dispatch.send(Dispatch.Flight.ANYTHING);
        dispatch.finish(sync);
        return dispatch.preparesNothing()
                ? PreparedStatement.described(sql, description, dispatch.types(), dispatch.planner())
                : keep(sql, name, description);
    }

    /**
     * Has the server describe the unnamed statement, and leaves the segment open: as long as there is no Sync, what is sent
     * reaches the same process of the server.
     *
     * @throws PgException what the server has against it; then the segment has ended
     */
    PreparedStatement describe(String sql) {
        requireText(sql);
        PrepareExchange description = new PrepareExchange(sql);
        dispatch.begin();
        dispatch.named("", sql).message(Command.FLUSH).expect(description);
        dispatch.send(Dispatch.Flight.ANYTHING);
        dispatch.await(description::isAnswered);
        if (description.hasFailed()) {
            SyncExchange sync = new SyncExchange();
            dispatch.request().begin().message(Command.SYNC).expect(sync);
            dispatch.send(Dispatch.Flight.ANYTHING);
            dispatch.finish(sync);
        }
        return PreparedStatement.kept(sql, "", description, dispatch.types(), dispatch.planner());
    }

    /** Keeps a statement that the server has described. */
    PreparedStatement keep(String sql, String name, PrepareExchange description) {
        PreparedStatement statement =
                PreparedStatement.kept(sql, name, description, dispatch.types(), dispatch.planner());
        dispatch.statements().put(statement);
        return statement;
    }

    /** Half a character, or the one that ends a string of the protocol, is refused before anything is written. */
    static void requireText(String sql) {
        Utf8.length(sql);
    }

    /** Forgets all statements if running this one may have changed them. */
    void forgetChanged(String sql) {
        if (SqlShape.mayChangeStatements(sql)) {
            dispatch.statements().dropAll();
        }
    }

    /** Forgets the statement that failed, if it is prepared and stale. */
    void forgetStale(PgException failure) {
        String sql = failure instanceof DatabaseException refused ? refused.sql() : null;
        PreparedStatement statement = sql == null ? null : known(sql);
        if (statement != null) {
            forgetsStale(statement, failure);
        }
    }

    /** Whether the server has lost the statement, or what the statement gives has changed since it was prepared. */
    boolean forgetsStale(PreparedStatement statement, @Nullable PgException failure) {
        if (!(failure instanceof DatabaseException refused)) {
            return false;
        }
        Diagnostic diagnostic = refused.diagnostic();
        boolean stale = refused.sqlState().equals(SqlState.INVALID_SQL_STATEMENT_NAME)
                || (refused.sqlState().equals(SqlState.FEATURE_NOT_SUPPORTED)
                        && diagnostic != null
                        && "RevalidateCachedQuery".equals(diagnostic.routine()));
        if (stale) {
            dispatch.statements().drop(statement);
        }
        return stale;
    }
}
