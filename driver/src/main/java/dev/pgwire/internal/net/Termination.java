package dev.pgwire.internal.net;

import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The end of a {@link CallerEventLoop}. It tells its listeners on the thread that ends the loop: Netty's usual executor for this
 * keeps a JVM alive for a second.
 */
final class Termination extends DefaultPromise<Void> {
    Termination() {
        super(ImmediateEventExecutor.INSTANCE);
    }

    /** Tells those who wait, if any do. */
    static void tell(@Nullable Termination awaited) {
        if (awaited != null) {
            awaited.trySuccess(null);
        }
    }

    /** Every thread counts as that executor's, and any thread but the owner of the loop may wait for its end. */
    @Override
    protected void checkDeadLock() {}
}
