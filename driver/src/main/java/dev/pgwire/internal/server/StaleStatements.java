package dev.pgwire.internal.server;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.ServerErrors;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.statement.StatementCache;

/** What the caller is told when the server does not have a prepared statement of this session, or has another under its name. */
public final class StaleStatements {
    public static final String ADVICE =
            "the session has lost a statement that it had prepared, as it does behind a pooler that gives"
                    + " each transaction another server process; prepare=never in the connection string has none prepared";

    private StaleStatements() {}

    /** Adds the advice to an error that is about a statement of the driver's own. */
    static DatabaseException advised(DatabaseException failure, StatementCache statements) {
        boolean stale = failure.sqlState().equals(SqlState.INVALID_SQL_STATEMENT_NAME)
                || failure.sqlState().equals(SqlState.DUPLICATE_PREPARED_STATEMENT);
        if (stale && statements.hasName(String.valueOf(failure.getMessage()))) {
            ServerErrors.hint(failure, ADVICE);
        }
        return failure;
    }
}
