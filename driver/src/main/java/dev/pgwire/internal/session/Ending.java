package dev.pgwire.internal.session;

import dev.pgwire.internal.result.Results;
import org.jspecify.annotations.Nullable;

/** Reads to the end of an answer, however large it is: it was discarded, or is a pipeline's, which bounds itself. */
final class Ending extends Reading<@Nullable Void> {
    Ending(Dispatch dispatch, Results results) {
        super(dispatch, results);
    }

    @Override
    boolean isThere() {
        return results().isDone();
    }

    @Override
    @Nullable
    Void take() {
        return null;
    }
}
