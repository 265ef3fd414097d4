package dev.pgwire.internal.answer;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.result.Results;
import org.jspecify.annotations.Nullable;

/** Reads to the end of an answer, however large it is: it was discarded, or is a pipeline's, which bounds itself. */
public final class Ending extends AnswerReading<@Nullable Void> {
    public Ending(Dispatch dispatch, Results results) {
        super(dispatch, results);
    }

    @Override
    protected boolean isThere() {
        return results().isDone();
    }

    @Override
    @Nullable
    protected Void take() {
        return null;
    }
}
