package dev.pgwire.internal.pool;

import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.PgException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes connections, or fails to, and notes when it was asked. */
final class FakeServer implements Maker<FakeConnection> {
    final List<FakeConnection> made = new CopyOnWriteArrayList<>();
    final List<Long> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    volatile @Nullable PgException failure;
    volatile long takesMillis;
    /** How old what is made may become; null for as old as configured. */
    volatile @Nullable Duration lifetime;

    @Override
    public FakeConnection make(Face face) {
        asked.add(System.nanoTime());
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            if (takesMillis > 0) {
                Thread.sleep(takesMillis);
            }
            PgException why = failure;
            if (why != null) {
                throw why;
            }
            FakeConnection connection = new FakeConnection(made.size() + 1, face);
            connection.lifetime = lifetime;
            made.add(connection);
            return connection;
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    void isDown() {
        failure = new CannotConnectException(CannotConnectException.Reason.NOT_REACHED, "nothing listens there", null);
    }
}
