package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What a round trip allocates. The child only interprets, so that no compiler finds objects that are not needed: the figures
 * are the same each time, and a compiled program stays below them.
 */
class RoundTripMemoryIT {
    /** The most that a round trip may allocate besides its result, in bytes. */
    private static final long ROUND_TRIP = 600;

    @Test
    void aRoundTripAllocatesItsResultTwiceAndAConstant() throws Exception {
        ChildJvm.Ended child = ChildJvm.run(List.of(
                "-Xint",
                "-cp",
                String.join(File.pathSeparator, ChildJvm.classPath()),
                RoundTrips.class.getName(),
                TestServer.shared().dsn()));
        System.out.print(child.output());
        assertEquals(0, child.exitCode(), child.output());
        List<String> lines = child.output().lines().toList();
        assertEquals(4, lines.size(), child.output());
        for (String line : lines) {
            String[] words = line.split(" ");
            long result = Long.parseLong(words[0]);
            long allocated = Long.parseLong(words[3]);
            assertTrue(
                    allocated <= 2 * result + ROUND_TRIP,
                    () -> line + ", expected at most " + ROUND_TRIP
                            + " and the result twice: as it came, and as a String");
        }
    }

    /** Prints what a round trip allocates, the least of many measurements: some of them see a buffer being replaced. */
    static final class RoundTrips {
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private static final int MEASUREMENTS = 10;
        private static final int ROUND_TRIPS = 200;

        private RoundTrips() {}

        public static void main(String[] arguments) {
            try (Connection conn = Postgres.connect(arguments[0]);
                    Cursor cur = conn.cursor()) {
                Integer number = 1;
                print(4, () -> {
                    cur.execute("SELECT $1::int4", number);
                    cur.next();
                    return cur.getInt(0);
                });
                for (Integer length : new Integer[] {0, 100, 10_000}) {
                    print(length, () -> {
                        cur.execute("SELECT repeat('x', $1)", length);
                        cur.next();
                        return Objects.requireNonNull(cur.getString(0)).length();
                    });
                }
            }
        }

        private interface RoundTrip {
            int make();
        }

        private static void print(int resultBytes, RoundTrip roundTrip) {
            allocated(roundTrip);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < MEASUREMENTS; i++) {
                least = Math.min(least, allocated(roundTrip));
            }
            System.out.println(resultBytes + " bytes take " + least + " per round trip");
        }

        private static long allocated(RoundTrip roundTrip) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < ROUND_TRIPS; i++) {
                roundTrip.make();
            }
            return (THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / ROUND_TRIPS;
        }
    }
}
