package dev.pgwire.internal.request;

import org.jspecify.annotations.Nullable;

/** Sends the BEGIN that is due, if there is one, in a round trip of its own. */
public final class BeginNow extends Procedure<@Nullable Void> {
    private @Nullable OwnCommand begin;

    public BeginNow(Dispatch dispatch) {
        super(dispatch);
    }

    @Override
    protected boolean proceed() {
        OwnCommand sent = begin;
        String due = dispatch().due().now();
        if (sent == null && due != null) {
            begin = first(OwnCommand.of(dispatch(), due));
            return false;
        }
        if (sent != null) {
            sent.result();
            dispatch().due().clear();
        }
        return over(null);
    }
}
