package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

/** A blocking call does everything on the thread that makes it. */
class CallingThreadIT {
    @Test
    void tenThousandRoundTripsStartNoThreadAndHandNothingOver() throws Exception {
        ChildJvm.Ended child = ChildJvm.run(List.of(
                "-cp",
                String.join(File.pathSeparator, ChildJvm.classPath()),
                RoundTrips.class.getName(),
                TestServer.shared().dsn()));
        assertEquals("""
                new threads: []
                new threads where forgotten connections are looked for: [pgwire-cleaner]
                the trace is written by: [main]
                notices come on: [main]
                the calling thread parks, waits for a monitor or starts a thread: []
                """, child.output());
        assertEquals(0, child.exitCode());
    }

    /** Asks who does the work: the list of threads, the callbacks, and the JVM's own events. */
    static final class RoundTrips {
        private static final int COUNT = 10_000;

        private RoundTrips() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println("new threads: " + started(arguments[0] + " leak_detection=off"));
            System.out.println("new threads where forgotten connections are looked for: " + started(arguments[0]));
            callBackOnTheCaller(arguments[0]);
            handNothingOver(arguments[0]);
        }

        private static Set<String> started(String dsn) {
            Set<Thread> before = threads();
            Set<String> started = new TreeSet<>();
            try (Connection conn = Postgres.connect(dsn)) {
                for (int i = 0; i < 10; i++) {
                    ask(conn, COUNT / 10);
                    started.addAll(namesOfOthers(before));
                }
            }
            started.addAll(namesOfOthers(before));
            return started;
        }

        private static Set<Thread> threads() {
            return Thread.getAllStackTraces().keySet();
        }

        private static Set<String> namesOfOthers(Set<Thread> known) {
            return threads().stream()
                    .filter(thread -> !known.contains(thread))
                    .map(Thread::getName)
                    .collect(Collectors.toSet());
        }

        private static void callBackOnTheCaller(String dsn) {
            CallerNoted trace = new CallerNoted();
            Set<String> noticed = new TreeSet<>();
            try (Connection conn =
                    Postgres.connect(Config.parse(dsn).toBuilder().trace(trace).build())) {
                conn.onNotice(notice -> noticed.add(Thread.currentThread().getName()));
                conn.execute("DO $$ BEGIN RAISE NOTICE 'hello'; END $$");
                ask(conn, 10);
            }
            System.out.println("the trace is written by: " + trace.callers);
            System.out.println("notices come on: " + noticed);
        }

        private static void handNothingOver(String dsn) throws Exception {
            try (Recording recording = new Recording()) {
                List<String> kinds = List.of("jdk.ThreadPark", "jdk.JavaMonitorWait", "jdk.JavaMonitorEnter");
                kinds.forEach(kind ->
                        recording.enable(kind).withThreshold(Duration.ZERO).withStackTrace());
                recording.enable("jdk.ThreadStart");
                recording.start();
                try (Connection conn = Postgres.connect(dsn)) {
                    ask(conn, COUNT);
                }
                recording.stop();
                Path file = Files.createTempFile("round-trips", ".jfr");
                try {
                    recording.dump(file);
                    System.out.println("the calling thread parks, waits for a monitor or starts a thread: "
                            + RecordingFile.readAllEvents(file).stream()
                                    .filter(RoundTrips::isOfDriverOnCaller)
                                    .toList());
                } finally {
                    Files.delete(file);
                }
            }
        }

        /** Starting and stopping the recording is not a part of what is looked for, nor are the driver's own events. */
        private static boolean isOfDriverOnCaller(RecordedEvent event) {
            RecordedThread thread = event.getThread("eventThread");
            if (event.getEventType().getName().equals("jdk.ThreadStart")) {
                thread = event.getThread("parentThread");
            }
            return thread != null
                    && event.getEventType().getName().startsWith("jdk.")
                    && Thread.currentThread().getName().equals(thread.getJavaName())
                    && (event.getStackTrace() == null
                            || event.getStackTrace().getFrames().stream().noneMatch(frame -> frame.getMethod()
                                    .getType()
                                    .getName()
                                    .startsWith("jdk.jfr.")));
        }

        private static void ask(Connection conn, int count) {
            try (Cursor cur = conn.cursor()) {
                for (int i = 0; i < count; i++) {
                    cur.execute("SELECT $1::int4", i);
                    if (!cur.next() || cur.getInt(0) != i) {
                        throw new AssertionError("a wrong answer to " + i);
                    }
                }
            }
        }
    }

    /** Takes note of who writes. */
    private static final class CallerNoted implements Appendable {
        private final Set<String> callers = new TreeSet<>();

        @Override
        public Appendable append(CharSequence text) {
            callers.add(Thread.currentThread().getName());
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) {
            return append(text);
        }

        @Override
        public Appendable append(char c) {
            return append(String.valueOf(c));
        }
    }
}
