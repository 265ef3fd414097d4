package dev.pgwire.internal.session;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.answer.Completion;
import dev.pgwire.internal.answer.Dropping;
import dev.pgwire.internal.answer.Ending;
import dev.pgwire.internal.answer.NextResult;
import dev.pgwire.internal.answer.NextRows;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.UnfinishedResults;
import dev.pgwire.internal.result.CopyResults;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.row.RowPage;
import org.jspecify.annotations.Nullable;

/**
 * Reads on in an answer for a caller, as far as its cursor asks for it: to the next rows, to the next result, to the end. Each
 * call takes the connection for as long as it lasts.
 */
final class AnswerReader {
    private final CallerDriver driver;
    private final Dispatch dispatch;

    AnswerReader(CallerDriver driver, Dispatch dispatch) {
        this.driver = driver;
        this.dispatch = dispatch;
    }

    /**
     * The next rows of a result.
     *
     * @param used a page that will not be looked at again; null if there is none
     * @return null if there are none any more
     * @throws PgException the failure of the statement, once its rows are used up
     */
    @Nullable
    RowSlice nextRows(Results results, Result result, @Nullable RowPage used) {
        driver.enter();
        try {
            if (used != null) {
                used.giveBack();
            }
            // A small result is there as a whole: nothing is to be waited for.
            return NextRows.areAtHand(dispatch, result) || results.isDone()
                    ? NextRows.take(results, result)
                    : driver.run(new NextRows(dispatch, results, result));
        } finally {
            driver.exit();
        }
    }

    /** Reads until a result has ended, keeping its rows; gives up where that would take too much memory. */
    void complete(Results results, Result result) {
        driver.enter();
        try {
            driver.run(Completion.of(dispatch, results, result));
        } finally {
            driver.exit();
        }
    }

    /** Reads until all results have ended, keeping their rows. */
    void complete(Results results) {
        driver.enter();
        try {
            driver.run(Completion.of(dispatch, results));
            if (!results.isDone()) {
                throw new InterfaceException(
                        "more than " + Results.MOST_SET_ASIDE
                                + " bytes of the results have not been read, expected that they are, or that the cursor is closed");
            }
            results.throwFailure();
        } finally {
            driver.exit();
        }
    }

    /** Forgets the current result and goes on to the next; returns whether there is one. */
    boolean nextResult(Results results) {
        driver.enter();
        try {
            Result current = results.current();
            if (current == null) {
                return false;
            }
            if (UnfinishedResults.endWhenForgotten(results)) {
                results.discard();
            } else {
                current.skip();
            }
            return driver.run(new NextResult(dispatch, results));
        } finally {
            driver.exit();
        }
    }

    /**
     * Reads what is left of an answer and forgets it.
     *
     * @param used a page that will not be looked at again; null if there is none
     * @throws PgException the failure of the statement, if it was not told yet
     */
    void discard(Results results, @Nullable RowPage used) {
        driver.enter();
        try {
            discardNow(results, used);
            if (results instanceof CopyResults copy) {
                stop(copy, copy.isAlone());
            } else if (!results.isDone()) {
                driver.run(new Ending(dispatch, results));
            }
            if (!dispatch.transport().isClosed()) {
                results.throwUntoldFailure();
            }
        } finally {
            driver.exit();
        }
    }

    /**
     * Syncs the pipeline that a statement is in, if that has not been done.
     *
     * @throws PgException the failure of the statement
     */
    void settle(Results results) {
        driver.enter();
        try {
            if (!results.isDone()) {
                dispatch.transport().checkOpen();
            }
            driver.run(new Ending(dispatch, results));
            results.throwFailure();
        } finally {
            driver.exit();
        }
    }

    /** Forgets an answer, for which another call waits. */
    void forget(Results results, @Nullable RowPage used) {
        driver.enter();
        try {
            discardNow(results, used);
        } finally {
            driver.exit();
        }
    }

    /** Ends a COPY whose reader has failed: what becomes of it is told by no call. */
    void stop(CopyResults copy) {
        driver.enter();
        try {
            copy.discard();
            stop(copy, true);
            copy.tellFailure();
        } finally {
            driver.exit();
        }
    }

    /** Ends a COPY that is forgotten: by reading a little more of it, and then, if it may be, by a cancel request. */
    private void stop(CopyResults copy, boolean mayCancel) {
        if (copy.isDone()) {
            return;
        }
        if (!driver.run(new Dropping(dispatch, copy, mayCancel ? CopyResults.MOST_DROPPED : Long.MAX_VALUE))) {
            driver.runCancelling(new Ending(dispatch, copy));
            if (copy.failure() instanceof QueryCanceledException) {
                copy.tellFailure();
            }
        }
    }

    private static void discardNow(Results results, @Nullable RowPage used) {
        if (used != null) {
            used.giveBack();
        }
        results.discard();
    }
}
