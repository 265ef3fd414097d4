package dev.pgwire.console.doctor;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import java.util.Arrays;
import java.util.Locale;

/**
 * How long a small statement takes, there and back, on a statement that is prepared.
 *
 * @param nanos the times, the shortest first; never empty
 */
record RoundTrips(long[] nanos) {
    private static final int COUNT = 1_000;
    private static final int WARM_UP = 200;
    private static final long WARM_UP_LIMIT = 500_000_000L;
    private static final long LIMIT = 2_500_000_000L;
    private static final String SQL = "SELECT 1";

    /** Measures for three seconds at most, if a single one does not take longer. */
    static RoundTrips measure(Connection connection) {
        try (Cursor cursor = connection.cursor()) {
            run(cursor, WARM_UP, WARM_UP_LIMIT);
            return new RoundTrips(run(cursor, COUNT, LIMIT));
        }
    }

    private static long[] run(Cursor cursor, int count, long limit) {
        long[] times = new long[count];
        long begin = System.nanoTime();
        int done = 0;
        while (done < count && (done == 0 || System.nanoTime() - begin < limit)) {
            long before = System.nanoTime();
            cursor.execute(SQL).fetchOne();
            times[done++] = System.nanoTime() - before;
        }
        long[] sorted = Arrays.copyOf(times, done);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The time that this percentage of them does not exceed. */
    long percentile(int percent) {
        return nanos[Math.max(0, (nanos.length * percent + 99) / 100 - 1)];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "median %.2f ms, p99 %.2f ms (%,d of %s)",
                percentile(50) / 1e6,
                percentile(99) / 1e6,
                nanos.length,
                SQL);
    }
}
