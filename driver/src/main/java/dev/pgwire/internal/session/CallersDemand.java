package dev.pgwire.internal.session;

import dev.pgwire.internal.cancel.CancelDemand;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.net.Transport;
import java.util.function.BooleanSupplier;

/** A cancel request that a caller of {@code cancel()} has asked for: it is wanted as long as something runs. */
final class CallersDemand implements CancelDemand {
    private final CancelFence fence;
    private final Transport transport;
    private final BooleanSupplier wanted;

    /**
     * A demand.
     *
     * @param wanted whether what runs is still the caller's: asked when nothing else can begin any more
     */
    CallersDemand(CancelFence fence, Transport transport, BooleanSupplier wanted) {
        this.fence = fence;
        this.transport = transport;
        this.wanted = wanted;
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
