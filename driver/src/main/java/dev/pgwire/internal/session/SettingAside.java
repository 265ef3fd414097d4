package dev.pgwire.internal.session;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.answer.AnswerReading;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.result.Results;

/** Reads an answer to its end, keeping its rows, unless they are too much; tells whether the answer has ended. */
final class SettingAside extends AnswerReading<Boolean> {
    private final OpenAnswer open;

    SettingAside(Dispatch dispatch, OpenAnswer open) {
        super(dispatch, open.results());
        this.open = open;
    }

    /**
     * What is told a statement that needs the connection when the rest of an answer is too much.
     *
     * @param shown the statement that the answer is to
     */
    static InterfaceException refusal(String shown) {
        return new InterfaceException("another cursor of this connection has not read its result, of which more than "
                + Results.MOST_SET_ASIDE + " bytes are left (" + shown
                + "); expected that it is read, that the cursor or its stream is closed, rollback() or reset(), which"
                + " drop it, or a second connection");
    }

    /**
     * What is told the reader of an answer that was dropped.
     *
     * @param why what it was dropped for, up to its verb
     * @param shown the statement that the answer is to
     */
    static InterfaceException lost(String why, String shown) {
        return new InterfaceException(
                why + ", which are lost; expected that the result is read before (" + shown + ")");
    }

    @Override
    protected boolean isThere() {
        return open.isSetAsideOrTooMuch();
    }

    @Override
    protected Boolean take() {
        return open.isDone();
    }
}
