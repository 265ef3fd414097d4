package dev.pgwire.internal.net;

import io.netty.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** The goal of a wait: that something is done, well or not. A class, as is all that the first row needs: see decisions. */
final class Done implements BooleanSupplier {
    private final Future<?> future;

    Done(Future<?> future) {
        this.future = future;
    }

    @Override
    public boolean getAsBoolean() {
        return future.isDone();
    }
}
