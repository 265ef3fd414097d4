package dev.pgwire.internal.transaction;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be done in a transaction: when it is its turn, that must still be the one in progress.
 *
 * @param <T> what comes of it
 */
public final class InTransaction<T extends @Nullable Object> extends Procedure<T> {
    private final Procedure<T> inner;
    private final long mark;
    private boolean begun;

    /** What is done in the transaction of a mark. */
    public InTransaction(Dispatch dispatch, long mark, Procedure<T> inner) {
        super(dispatch);
        this.mark = mark;
        this.inner = inner;
    }

    @Override
    protected boolean mayWrite() {
        return inner.isWriting();
    }

    @Override
    protected boolean proceed() {
        if (!begun) {
            begun = true;
            dispatch().server().checkTransaction(mark);
            first(inner);
            return false;
        }
        return over(inner.result());
    }
}
