package dev.pgwire.internal.pool;

import dev.pgwire.error.ConnectionFailureException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a pool holds in tests. */
final class FakeConnection implements Held {
    final int number;
    final Face face;
    volatile boolean closed;
    volatile boolean inUse;
    /** Whether the server answers no more, which only a check finds out. */
    volatile boolean dead;

    volatile int checks;
    /** Whether its server is to be asked each time. */
    volatile boolean due;
    /** How old it may become; null for as old as others. */
    volatile @Nullable Duration lifetime;

    FakeConnection(int number, Face face) {
        this.number = number;
        this.face = face;
    }

    @Override
    public Face face() {
        return face;
    }

    @Override
    public void execute(Runnable what) {
        what.run();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isInUse() {
        return inUse;
    }

    @Override
    public CompletableFuture<?> check(Duration limit) {
        checks++;
        return dead
                ? CompletableFuture.failedFuture(new ConnectionFailureException("dead", null))
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isDue(long now) {
        return due;
    }

    @Override
    public Duration lifetime(Duration others) {
        Duration own = lifetime;
        return own == null ? others : own;
    }

    @Override
    public void close() {
        closed = true;
    }
}
