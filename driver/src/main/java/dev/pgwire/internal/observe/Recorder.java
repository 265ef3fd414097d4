package dev.pgwire.internal.observe;

import dev.pgwire.config.Host;
import dev.pgwire.observe.StatementEnd;
import dev.pgwire.observe.StatementPlace;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * What the flight recorder of the JDK is told. The classes of the events are loaded when it records, and not before; a JVM without the
 * module {@code jdk.jfr} does not miss it.
 */
public final class Recorder {
    /** Whether there is one. */
    public static final boolean PRESENT = isReadable();

    private Recorder() {}

    /** A module need not read what its descriptor asks for only at compile time. */
    private static boolean isReadable() {
        Module recorder = ModuleLayer.boot().findModule("jdk.jfr").orElse(null);
        return recorder != null && Recorder.class.getModule().canRead(recorder);
    }

    /** Whether it records, or has recorded. */
    public static boolean isOn() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    @Nullable
    static Object statement() {
        if (!isOn()) {
            return null;
        }
        StatementEvent event = new StatementEvent();
        event.begin();
        return event;
    }

    static void statement(@Nullable Object begun, StatementEnd end) {
        if (begun instanceof StatementEvent event) {
            event.end();
            if (event.shouldCommit()) {
                StatementPlace place = end.start().place();
                event.kind = end.start().kind().name();
                event.sql = end.start().sql();
                event.server = place.host() + ":" + place.port();
                event.database = place.database();
                event.processId = Integer.toUnsignedLong(place.processId());
                event.rows = end.rows();
                event.failure = message(end.failure());
                event.commit();
            }
        }
    }

    /** A connection is about to be made; null if nothing records. {@link #connected} is to follow. */
    public static @Nullable Object connects() {
        if (!isOn()) {
            return null;
        }
        ConnectionEvent event = new ConnectionEvent();
        event.begin();
        return event;
    }

    /**
     * The connection is made, or is not.
     *
     * @param host what was connected to; null if nothing was
     */
    public static void connected(
            @Nullable Object begun, @Nullable Host host, String database, @Nullable Throwable failure) {
        if (begun instanceof ConnectionEvent event) {
            event.end();
            if (event.shouldCommit()) {
                event.server = host == null ? null : host.shownName() + ":" + host.port();
                event.database = database;
                event.failure = message(failure);
                event.commit();
            }
        }
    }

    private static @Nullable String message(@Nullable Throwable failure) {
        return failure == null ? null : failure.getMessage();
    }
}
