package dev.pgwire.internal.answer;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.result.CopyResults;

/** Reads the rest of a COPY that is forgotten, unless it is much; tells whether it has ended. */
public final class Dropping extends AnswerReading<Boolean> {
    private final CopyResults copy;
    private final long most;

    /**
     * A reading.
     *
     * @param most the bytes above which the rest is too much to be read
     */
    public Dropping(Dispatch dispatch, CopyResults copy, long most) {
        super(dispatch, copy);
        this.copy = copy;
        this.most = most;
    }

    @Override
    protected boolean isThere() {
        return copy.isDone() || copy.result().discardedBytes() > most;
    }

    @Override
    protected Boolean take() {
        return copy.isDone();
    }
}
