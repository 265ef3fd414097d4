package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Virtual threads as callers: they share connections, and hold no carrier while they wait. */
class VirtualThreadsIT {
    private static final int THREADS = 1000;
    private static final int CONNECTIONS = 20;
    private static final int QUERIES_OF_EACH = 100;
    private static final Duration LONG = Duration.ofMillis(20);

    @BeforeEach
    void needsVirtualThreadsThatCanWaitInASelector() {
        assumeTrue(
                Runtime.version().feature() >= VirtualThreads.FIRST_GOOD_JAVA,
                "needs Java " + VirtualThreads.FIRST_GOOD_JAVA
                        + " or later: before that a virtual thread pins its carrier while it waits in a selector");
    }

    @Test
    void aThousandVirtualThreadsShareTwentyConnectionsAndPinNoCarrier() throws Exception {
        ChildJvm.Ended child = run(Hammer.class);
        System.out.print(child.output());
        assertEquals(
                "100000 answers, 0 wrong, 0 pinned for more than 20 ms",
                child.output().lines().findFirst().orElse(""));
        assertEquals(0, child.exitCode());
    }

    /** If waiting pinned the one carrier that there is, nobody could let the waiting threads go on. */
    @Test
    void whileVirtualThreadsWaitForTheServerTheirOnlyCarrierRunsAnother() throws Exception {
        ChildJvm.Ended child = run(
                OneCarrier.class,
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1");
        assertEquals("20 waited, one let them go on\n", child.output());
        assertEquals(0, child.exitCode());
    }

    private static ChildJvm.Ended run(Class<?> main, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "-cp",
                String.join(File.pathSeparator, ChildJvm.classPath()),
                main.getName(),
                TestServer.shared().dsn()));
        return ChildJvm.run(arguments);
    }

    private static List<Connection> connect(String dsn, int count) {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(Postgres.connect(dsn));
        }
        return connections;
    }

    /** Fifty threads queue for each connection, and each query asks for a value of its own. */
    static final class Hammer {
        private Hammer() {}

        public static void main(String[] arguments) throws Exception {
            List<Connection> connections = connect(arguments[0], CONNECTIONS);
            long answers = 0;
            long wrong = loadClasses(connections.get(0));
            List<RecordedEvent> pinned;
            try (Recording recording = new Recording();
                    ExecutorServiceResource threads = new ExecutorServiceResource(VirtualThreads.executor())) {
                recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO);
                recording.start();
                List<Future<Integer>> wrongOfEach = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    long first = (long) thread * QUERIES_OF_EACH;
                    Connection shared = connections.get(thread % CONNECTIONS);
                    wrongOfEach.add(threads.executor().submit(() -> wrongAnswers(shared, first)));
                }
                for (Future<Integer> each : wrongOfEach) {
                    wrong += each.get();
                    answers += QUERIES_OF_EACH;
                }
                recording.stop();
                pinned = pins(recording);
            }
            connections.forEach(Connection::close);
            long longOnes = pinned.stream()
                    .filter(event -> event.getDuration().compareTo(LONG) > 0)
                    .count();
            System.out.println(answers + " answers, " + wrong + " wrong, " + longOnes + " pinned for more than 20 ms");
            System.out.println(pinned.size() + " pinned for any time");
            pinned.stream().limit(5).forEach(System.out::println);
        }

        /**
         * Asks on some virtual threads that queue for a connection, in a recording of its own. A virtual thread that waits while another one
         * loads or initializes a class is pinned, whatever the class is, also those of the driver's own events, which are loaded when
         * a recording is there; and the JDK's own {@code sun.nio.ch.Poller} is initialized when the first virtual thread waits in a
         * selector: unless that is done before, a pin of more than 20 ms may be recorded.
         */
        private static long loadClasses(Connection conn) throws Exception {
            try (Recording recording = new Recording();
                    ExecutorServiceResource threads = new ExecutorServiceResource(VirtualThreads.executor())) {
                recording.enable("pgwire.Statement").withThreshold(Duration.ZERO);
                recording.start();
                List<Future<Integer>> some = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    some.add(threads.executor().submit(() -> wrongAnswers(conn, 0)));
                }
                long wrong = 0;
                for (Future<Integer> each : some) {
                    wrong += each.get();
                }
                return wrong;
            }
        }

        private static int wrongAnswers(Connection conn, long first) {
            int wrong = 0;
            try (Cursor cur = conn.cursor()) {
                for (long asked = first; asked < first + QUERIES_OF_EACH; asked++) {
                    cur.execute("SELECT $1::int8", asked);
                    if (!cur.next() || cur.getLong(0) != asked || cur.next()) {
                        wrong++;
                    }
                }
            }
            return wrong;
        }

        /** Without the driver's own events of statements, which are in every recording. */
        private static List<RecordedEvent> pins(Recording recording) throws Exception {
            Path file = Files.createTempFile("pinned", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file).stream()
                        .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                        .toList();
            } finally {
                Files.delete(file);
            }
        }
    }

    /** Twenty threads wait in the server for a lock, which a thread that starts after them gives back. */
    static final class OneCarrier {
        private static final String LOCK = "SELECT pg_advisory_lock(5432), pg_advisory_unlock(5432)";

        private OneCarrier() {}

        public static void main(String[] arguments) throws Exception {
            List<Connection> connections = connect(arguments[0], CONNECTIONS);
            Connection holder = Postgres.connect(arguments[0]);
            holder.execute("SELECT pg_advisory_lock(5432)");
            try (ExecutorServiceResource threads = new ExecutorServiceResource(VirtualThreads.executor())) {
                CountDownLatch begun = new CountDownLatch(CONNECTIONS);
                List<Future<?>> waiting = new ArrayList<>();
                for (Connection conn : connections) {
                    waiting.add(threads.executor().submit(() -> {
                        begun.countDown();
                        conn.execute(LOCK);
                    }));
                }
                threads.executor()
                        .submit(() -> {
                            begun.await();
                            awaitWaiters(holder);
                            holder.execute("SELECT pg_advisory_unlock(5432)");
                            return true;
                        })
                        .get();
                for (Future<?> each : waiting) {
                    each.get();
                }
                System.out.println(waiting.size() + " waited, one let them go on");
            }
            connections.forEach(Connection::close);
            holder.close();
        }

        private static void awaitWaiters(Connection conn) {
            String waiters =
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 5432 AND NOT granted";
            long waiting = 0;
            while (waiting < CONNECTIONS) {
                Cursor cur = conn.execute(waiters);
                cur.next();
                waiting = cur.getLong(0);
            }
        }
    }

    /** An executor for try-with-resources, which it is only from Java 19 on. */
    record ExecutorServiceResource(ExecutorService executor) implements AutoCloseable {
        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
