package dev.pgwire.internal.session;

import dev.pgwire.internal.cancel.CancelDemand;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.net.Transport;

/** A cancel request that a caller of {@code cancel()} has asked for: it is wanted as long as something runs. */
final class CallersDemand implements CancelDemand {
    private final CancelFence fence;
    private final Transport transport;

    CallersDemand(CancelFence fence, Transport transport) {
        this.fence = fence;
        this.transport = transport;
    }

    @Override
    public boolean wantsRequest() {
        return fence.isRunning() && awaitsEnd();
    }

    @Override
    public boolean awaitsEnd() {
        return !transport.isClosed() && transport.broken() == null;
    }
}
