package dev.pgwire.internal.answer;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;

/**
 * Runs a statement up to its first rows. It fails as the statement does, if that shows by then. Nothing is sent behind it before
 * it is over: what was sent cannot be refused any more when the rows turn out to be too many to be set aside.
 */
public final class OpenedAnswer extends Procedure<Results> {
    private final Procedure<Results> statement;
    private final String sql;
    private boolean begun;

    public OpenedAnswer(Dispatch dispatch, Procedure<Results> statement, String sql) {
        super(dispatch);
        this.statement = statement;
        this.sql = sql;
    }

    /** The text of the statement. */
    public String sql() {
        return sql;
    }

    @Override
    protected boolean proceed() {
        if (!begun) {
            begun = true;
            first(statement);
            return false;
        }
        Results results = statement.result();
        results.throwFailure();
        return over(results);
    }
}
