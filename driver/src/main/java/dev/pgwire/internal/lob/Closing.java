package dev.pgwire.internal.lob;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import org.jspecify.annotations.Nullable;

/** Closes a large object, if there is something to close. */
final class Closing extends Procedure<@Nullable Void> {
    private final Descriptor descriptor;
    private @Nullable Procedure<?> call;
    private boolean begun;

    Closing(Dispatch dispatch, Descriptor descriptor) {
        super(dispatch);
        this.descriptor = descriptor;
    }

    @Override
    protected boolean proceed() {
        if (!begun) {
            begun = true;
            call = descriptor.closing();
            if (call != null) {
                first(call);
                return false;
            }
        } else if (call != null) {
            call.result();
        }
        return over(null);
    }
}
