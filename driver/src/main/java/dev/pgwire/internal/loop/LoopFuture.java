package dev.pgwire.internal.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A future that is completed on the thread of an event loop, and for which that thread refuses to wait. */
public class LoopFuture<T extends @Nullable Object> extends CompletableFuture<T> {
    @Override
    public T get() throws InterruptedException, ExecutionException {
        mayWait();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        mayWait();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        mayWait();
        return super.join();
    }

    private void mayWait() {
        if (!isDone()) {
            LoopThread.refuseToBlock();
        }
    }

    /** What depends on it is such a future, and cancels nothing on the server. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new LoopFuture<>();
    }
}
