package dev.pgwire.internal.answer;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.UnfinishedResults;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import org.jspecify.annotations.Nullable;

/**
 * Reads on in an answer: sends what is left of its request, and waits until that is there which is looked for.
 *
 * @param <T> what is read
 */
public abstract class AnswerReading<T extends @Nullable Object> extends Procedure<T> {
    private final Results results;
    private @Nullable Procedure<?> rest;
    private boolean begun;

    protected AnswerReading(Dispatch dispatch, Results results) {
        super(dispatch);
        this.results = results;
    }

    final Results results() {
        return results;
    }

    /** Whether that is there which is looked for, or never will be. */
    protected abstract boolean isThere();

    /** Takes it. */
    protected abstract T take();

    @Override
    protected final boolean ready() {
        return !begun || isThere();
    }

    @Override
    protected final boolean proceed() {
        if (!begun) {
            begun = true;
            if (results instanceof UnfinishedResults unfinished) {
                rest = first(unfinished.remainder().until(this::isThere));
                return false;
            }
        }
        Procedure<?> sent = rest;
        if (sent != null) {
            rest = null;
            sent.result();
        }
        return isThere() && over(take());
    }

    @Override
    protected final boolean mayWrite() {
        return !begun || rest != null;
    }

    /** Whether no more rows can come: the last result is over when the server is done, since its commit may fail. */
    final boolean isOver(Result result) {
        return results.isDone() || (result.isComplete() && results.hasNext());
    }
}
