package dev.pgwire.internal.session;

import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import org.jspecify.annotations.Nullable;

/**
 * Reads on in an answer: sends what is left of its request, and waits until that is there which is looked for.
 *
 * @param <T> what is read
 */
abstract class Reading<T extends @Nullable Object> extends Procedure<T> {
    /** The most bytes of an unread answer that are set aside. */
    static final long MOST_SET_ASIDE = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

    private final Results results;
    private @Nullable Procedure<?> rest;
    private boolean begun;

    Reading(Dispatch dispatch, Results results) {
        super(dispatch);
        this.results = results;
    }

    final Results results() {
        return results;
    }

    /** Whether that is there which is looked for, or never will be. */
    abstract boolean isThere();

    /** Takes it. */
    abstract T take();

    @Override
    final boolean ready() {
        return !begun || isThere();
    }

    @Override
    final boolean proceed() {
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
    final boolean isWriting() {
        return !begun || rest != null;
    }

    /** Whether no more rows can come: the last result is over when the server is done, since its commit may fail. */
    final boolean isOver(Result result) {
        return results.isDone() || (result.isComplete() && results.hasNext());
    }
}
