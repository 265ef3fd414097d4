package dev.pgwire.internal.answer;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import org.jspecify.annotations.Nullable;

/** Runs a statement, and reads all of its answer, within the bound of what is kept in memory. It fails as the statement does. */
public final class WholeAnswer extends Procedure<Results> {
    private final Procedure<Results> statement;
    private @Nullable Completion completion;
    private boolean begun;
    private boolean tooMuch;

    public WholeAnswer(Dispatch dispatch, Procedure<Results> statement) {
        super(dispatch);
        this.statement = statement;
    }

    @Override
    public boolean isWriting() {
        Completion reading = completion;
        return reading == null ? statement.isWriting() : reading.isWriting();
    }

    @Override
    protected boolean proceed() {
        if (!begun) {
            begun = true;
            first(statement);
            return false;
        }
        Results results = statement.result();
        Completion reading = completion;
        if (reading == null && !results.isDone()) {
            completion = first(Completion.of(dispatch(), results));
            return false;
        }
        if (reading != null) {
            reading.result();
        }
        if (!results.isDone()) {
            results.discard();
            tooMuch = true;
            first(new Ending(dispatch(), results));
            return false;
        }
        if (tooMuch) {
            throw new InterfaceException("the result takes more than " + Results.MOST_SET_ASIDE
                    + " bytes, expected that it is read row by row");
        }
        results.throwFailure();
        return over(results);
    }
}
