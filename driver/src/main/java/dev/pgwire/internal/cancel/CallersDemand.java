package dev.pgwire.internal.cancel;

import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.net.Transport;
import java.util.function.BooleanSupplier;

/** A cancel request that a caller of {@code cancel()} has asked for: it is wanted as long as something runs. */
public final class CallersDemand implements CancelDemand {
    private final CancelFence fence;
    private final Transport transport;
    private final BooleanSupplier wanted;

    /**
     * A demand.
     *
     * @param wanted whether what runs is still the caller's: asked when nothing else can begin any more
     */
    private CallersDemand(CancelFence fence, Transport transport, BooleanSupplier wanted) {
        this.fence = fence;
        this.transport = transport;
        this.wanted = wanted;
    }

    /**
     * Asks the server to cancel what runs; returns when it has been told.
     *
     * @throws NotSupportedException if it gave no key for that
     */
    public static void request(CancelFence fence, Transport transport, BooleanSupplier wanted) {
        if (!fence.canCancel()) {
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "the server gave no key to cancel with (BackendKeyData) when the connection began, expected one",
                    null);
        }
        fence.cancel(new CallersDemand(fence, transport, wanted));
    }

    @Override
    public boolean wantsRequest() {
        return wanted.getAsBoolean() && fence.isRunning() && awaitsEnd();
    }

    @Override
    public boolean awaitsEnd() {
        return !transport.isClosed() && transport.broken() == null;
    }
}
