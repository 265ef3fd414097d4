package dev.pgwire.internal.session;

import dev.pgwire.internal.answer.AnswerReading;
import dev.pgwire.internal.request.Dispatch;

/** Reads an answer to its end, keeping its rows, unless they are too much; tells whether the answer has ended. */
final class SettingAside extends AnswerReading<Boolean> {
    private final OpenAnswer open;

    SettingAside(Dispatch dispatch, OpenAnswer open) {
        super(dispatch, open.results());
        this.open = open;
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
