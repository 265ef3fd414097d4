package dev.pgwire.internal.pool;

import dev.pgwire.error.ConnectionFailureException;
import java.time.Duration;

/** What a pool holds in tests. */
final class FakeConnection implements Held {
    final int number;
    volatile boolean closed;
    volatile boolean inUse;
    /** Whether the server answers no more, which only a check finds out. */
    volatile boolean dead;

    volatile int checks;

    FakeConnection(int number) {
        this.number = number;
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
    public void check(Duration limit) {
        checks++;
        if (dead) {
            throw new ConnectionFailureException("dead", null);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
