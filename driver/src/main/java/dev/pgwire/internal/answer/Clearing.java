package dev.pgwire.internal.answer;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.result.Results;

/** Reads an answer to its end that will be forgotten, unless it is much; tells whether the answer has ended. */
public final class Clearing extends AnswerReading<Boolean> {
    private final Results read;
    private final long most;

    /**
     * A reading.
     *
     * @param most the bytes above which the rest is too much to be read
     */
    public Clearing(Dispatch dispatch, Results results, long most) {
        super(dispatch, results);
        this.read = results;
        this.most = most;
    }

    @Override
    protected boolean isThere() {
        return read.isDone() || read.unreadBytes() > most;
    }

    @Override
    protected Boolean take() {
        return read.isDone();
    }
}
