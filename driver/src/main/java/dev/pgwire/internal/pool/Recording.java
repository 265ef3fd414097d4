package dev.pgwire.internal.pool;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * What the flight recorder of the JDK is told. The classes of the events are loaded when it records, and not before; a JVM without the
 * module {@code jdk.jfr} does not miss it.
 */
final class Recording {
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent() && isReadable();

    private Recording() {}

    /** A module need not read what its descriptor asks for only at compile time. */
    private static boolean isReadable() {
        return ModuleLayer.boot()
                .findModule("jdk.jfr")
                .filter(Recording.class.getModule()::canRead)
                .isPresent();
    }

    private static boolean isOn() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    /** A borrower comes; null if nothing records. {@link #borrowed} is to follow. */
    @Nullable
    static Object borrows() {
        if (!isOn()) {
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
        if (!isOn()) {
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
        if (isOn()) {
            LeakEvent event = new LeakEvent();
            event.pool = pool;
            event.borrower = loan.borrower();
            event.sql = loan.sql();
            event.commit();
        }
    }
}
