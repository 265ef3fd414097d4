package dev.pgwire.internal.answer;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import org.jspecify.annotations.Nullable;

/** Runs a statement, and reads all of its answer, within the bound of what is kept in memory. It fails as the statement does. */
public final class WholeAnswer extends Procedure<Results> {
    private Procedure<Results> statement;
    /** What reads the rest of the answer; null as long as the statement is not over. */
    private @Nullable Procedure<?> reading;

    private boolean begun;
    private boolean tooMuch;

    public WholeAnswer(Dispatch dispatch, Procedure<Results> statement) {
        super(dispatch);
        this.statement = statement;
    }

    @Override
    protected boolean mayWrite() {
        Procedure<?> rest = reading;
        return rest == null ? statement.isWriting() : rest.isWriting();
    }

    @Override
    protected boolean proceed() {
        if (!begun) {
            begun = true;
            first(statement);
            return false;
        }
        Results results = statement.result();
        Procedure<?> rest = reading;
        if (rest != null) {
            rest.result();
        }
        if (results.isDone()) {
            return whole(results);
        }
        if (rest == null) {
            reading = first(Completion.of(dispatch(), results));
        } else {
            results.discard();
            tooMuch = true;
            reading = first(new Ending(dispatch(), results));
        }
        return false;
    }

    private boolean whole(Results results) {
        if (tooMuch) {
            throw new InterfaceException("the result takes more than " + Results.MOST_SET_ASIDE
                    + " bytes, expected that it is read row by row");
        }
        PgException failure = results.failure();
        if (failure != null && statement instanceof Execution execution && execution.mayRunAgain(failure)) {
            reading = null;
            statement = first(execution.again());
            return false;
        }
        results.throwFailure();
        return over(results);
    }
}
