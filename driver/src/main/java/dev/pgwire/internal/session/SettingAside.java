package dev.pgwire.internal.session;

/** Reads an answer to its end, keeping its rows, unless they are too much; tells whether the answer has ended. */
final class SettingAside extends Reading<Boolean> {
    private final OpenAnswer open;

    SettingAside(Dispatch dispatch, OpenAnswer open) {
        super(dispatch, open.results());
        this.open = open;
    }

    @Override
    boolean isThere() {
        return open.isSetAsideOrTooMuch();
    }

    @Override
    Boolean take() {
        return open.isDone();
    }
}
