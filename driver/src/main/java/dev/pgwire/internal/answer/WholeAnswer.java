package dev.pgwire.internal.answer;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a statement, and reads all of its answer, within the bound of what is kept in memory. It fails as the statement does.
 *
 * @param <T> what is made of the results
 */
public final class WholeAnswer<T extends @Nullable Object> extends Procedure<T> {
    private final Function<Results, T> reading;
    private Procedure<Results> statement;
    /** What reads the rest of the answer; null as long as the statement is not over. */
    private @Nullable Procedure<?> rest;

    private boolean begun;
    private boolean tooMuch;

    /**
     * The answer to a statement.
     *
     * @param reading what is made of its results, which are complete and have not failed
     */
    public WholeAnswer(Dispatch dispatch, Procedure<Results> statement, Function<Results, T> reading) {
        super(dispatch);
        this.reading = reading;
        this.statement = statement;
    }

    @Override
    protected boolean mayWrite() {
        Procedure<?> read = rest;
        return read == null ? statement.isWriting() : read.isWriting();
    }

    @Override
    protected boolean proceed() {
        if (!begun) {
            begun = true;
            first(statement);
            return false;
        }
        Results results = statement.result();
        Procedure<?> read = rest;
        if (read != null) {
            read.result();
        }
        if (results.isDone()) {
            return whole(results);
        }
        if (read == null) {
            rest = first(Completion.of(dispatch(), results));
        } else {
            results.discard();
            tooMuch = true;
            rest = first(new Ending(dispatch(), results));
        }
        return false;
    }

    /** The statement once more; null if it is not to be run again. */
    private @Nullable Procedure<Results> again(PgException failure) {
        if (statement instanceof WatchedResults watched) {
            return watched.again(failure);
        }
        return statement instanceof Execution execution && execution.mayRunAgain(failure) ? execution.again() : null;
    }

    private boolean whole(Results results) {
        if (tooMuch) {
            throw new InterfaceException("the result takes more than " + Results.MOST_SET_ASIDE
                    + " bytes, expected that it is read row by row");
        }
        PgException failure = results.failure();
        Procedure<Results> again = failure == null ? null : again(failure);
        if (again != null) {
            rest = null;
            statement = first(again);
            return false;
        }
        results.throwFailure();
        return over(reading.apply(results));
    }
}
