package dev.pgwire.internal.answer;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import org.jspecify.annotations.Nullable;

/** Reads until a result has ended, or all have, keeping their rows; gives up where that would take too much memory. */
public final class Completion extends AnswerReading<@Nullable Void> {
    private final @Nullable Result result;

    private Completion(Dispatch dispatch, Results results, @Nullable Result result) {
        super(dispatch, results);
        this.result = result;
    }

    /** The end of one result. */
    public static Completion of(Dispatch dispatch, Results results, Result result) {
        return new Completion(dispatch, results, result);
    }

    /** The end of all results. */
    public static Completion of(Dispatch dispatch, Results results) {
        return new Completion(dispatch, results, null);
    }

    @Override
    protected boolean isThere() {
        Result one = result;
        return (one == null ? results().isDone() : isOver(one)) || results().unreadBytes() > Results.MOST_SET_ASIDE;
    }

    @Override
    @Nullable
    protected Void take() {
        return null;
    }
}
