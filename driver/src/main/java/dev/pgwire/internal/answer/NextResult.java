package dev.pgwire.internal.answer;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;

/** Forgets the current result and goes on to the next; tells whether there is one. */
public final class NextResult extends AnswerReading<Boolean> {
    /** Goes on from the current result, which there must be. */
    public NextResult(Dispatch dispatch, Results results) {
        super(dispatch, results);
    }

    @Override
    protected boolean isThere() {
        return results().hasNext() || results().isDone();
    }

    @Override
    protected Boolean take() {
        // Rows of the result that is left may still lie with the received bytes.
        dispatch().transport().deliver();
        return advance(results());
    }

    /** The same for an answer that is there as a whole. */
    public static boolean take(Results results) {
        Result current = results.current();
        if (current == null) {
            return false;
        }
        current.skip();
        return advance(results);
    }

    private static boolean advance(Results results) {
        results.advance();
        if (results.current() == null) {
            results.throwFailure();
            return false;
        }
        return true;
    }
}
