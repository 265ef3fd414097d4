package dev.pgwire.internal.pool;

import dev.pgwire.internal.observe.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * What the flight recorder of the JDK is told. The classes of the events are loaded when it records, and not before; a JVM without the
 * module {@code jdk.jfr} does not miss it.
 */
final class Recording {
    private Recording() {}

    /** A borrower comes; null if nothing records. {@link #borrowed} is to follow. */
    @Nullable
    static Object borrows() {
        if (!Recorder.isOn()) {
            return null;
        }
        BorrowEvent event = new BorrowEvent();
        event.begin();
        return event;
    }

    /** The borrower is served, or is not. */
    static void borrowed(@Nullable Object begun, String pool, @Nullable Throwable failure) {
        if (begun instanceof BorrowEvent event) {
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.failure = failure == null ? null : failure.getMessage();
                event.commit();
            }
        }
    }

    /** A connection is about to be made; null if nothing records. {@link #connected} is to follow. */
    @Nullable
    static Object connects() {
        if (!Recorder.isOn()) {
            return null;
        }
        ConnectEvent event = new ConnectEvent();
        event.begin();
        return event;
    }

    /** The connection is made, or is not. */
    static void connected(@Nullable Object begun, String pool, @Nullable Throwable failure) {
        if (begun instanceof ConnectEvent event) {
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.failure = failure == null ? null : failure.getMessage();
                event.commit();
            }
        }
    }

    /** A connection is not given back. */
    static void leaks(String pool, Loan<?> loan) {
        if (Recorder.isOn()) {
            LeakEvent event = new LeakEvent();
            event.pool = pool;
            event.borrower = loan.borrower();
            event.sql = loan.sql();
            event.commit();
        }
    }
}
