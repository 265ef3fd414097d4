package dev.pgwire.internal.answer;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import org.jspecify.annotations.Nullable;

/** The next rows of a result; null if there are none any more. The failure of the statement comes behind its rows. */
public final class NextRows extends AnswerReading<@Nullable RowSlice> {
    private final Result result;

    public NextRows(Dispatch dispatch, Results results, Result result) {
        super(dispatch, results);
        this.result = result;
    }

    @Override
    protected boolean isThere() {
        return areAtHand(dispatch(), result) || isOver(result);
    }

    /** Whether rows of a result are at hand; those that still lie with the received bytes are fetched. */
    public static boolean areAtHand(Dispatch dispatch, Result result) {
        if (!result.hasPage()) {
            dispatch.transport().deliver();
        }
        return result.hasPage();
    }

    @Override
    @Nullable
    protected RowSlice take() {
        return take(results(), result);
    }

    /** The rows at hand; null if there are none any more. */
    public static @Nullable RowSlice take(Results results, Result result) {
        RowSlice rows = result.nextRows();
        if (rows == null && (!results.hasNext() || results.isDiscarded())) {
            results.throwFailure();
        }
        return rows;
    }
}
