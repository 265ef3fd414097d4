package dev.pgwire.internal.net;

import io.netty.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The goal of a wait: that something is done, well or not. A class, as is all that the first row needs: see decisions. */
public final class Done implements BooleanSupplier {
    private final Future<?> future;

    Done(Future<?> future) {
        this.future = future;
    }

    @Override
    public boolean getAsBoolean() {
        return future.isDone();
    }

    /**
     * Why it failed, or null if it did not: what the system said, without what Netty has put around it, a class of Netty's own
     * that has no stack.
     */
    public @Nullable Throwable failure() {
        Throwable cause = future.cause();
        Throwable within = cause == null ? null : cause.getCause();
        return within != null && cause.getClass().getName().startsWith("io.netty.") ? within : cause;
    }
}
