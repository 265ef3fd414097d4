package dev.pgwire.internal.answer;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;

/** Runs a statement up to its first rows. It fails as the statement does, if that shows by then. */
public final class OpenedAnswer extends Procedure<Results> {
    private final Procedure<Results> statement;
    private boolean begun;

    public OpenedAnswer(Dispatch dispatch, Procedure<Results> statement) {
        super(dispatch);
        this.statement = statement;
    }

    @Override
    protected boolean mayWrite() {
        return statement.isWriting();
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
