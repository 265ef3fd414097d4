package dev.pgwire.internal.session;

import dev.pgwire.internal.result.Results;

/** Forgets the current result and goes on to the next; tells whether there is one. */
final class NextResult extends Reading<Boolean> {
    /** Goes on from the current result, which there must be. */
    NextResult(Dispatch dispatch, Results results) {
        super(dispatch, results);
    }

    @Override
    boolean isThere() {
        return results().hasNext() || results().isDone();
    }

    @Override
    Boolean take() {
        // Rows of the result that is left may still lie with the received bytes.
        dispatch().transport().deliver();
        results().advance();
        if (results().current() == null) {
            results().throwFailure();
            return false;
        }
        return true;
    }
}
