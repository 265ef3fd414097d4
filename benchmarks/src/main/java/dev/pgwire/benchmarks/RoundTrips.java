package dev.pgwire.benchmarks;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;

/** Selects one row again and again, for {@code benchmarks/profile} to look at: {@code RoundTrips DSN [COUNT]}. */
final class RoundTrips {
    private static final int COUNT = 300_000;
    private static final String SQL = "SELECT v FROM (VALUES (1, 'the value of key 1')) AS t (k, v) WHERE k = $1";

    private RoundTrips() {}

    public static void main(String[] arguments) {
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : COUNT;
        try (Connection conn = Postgres.connect(arguments[0]);
                Cursor cur = conn.cursor()) {
            run(cur, count / 3);
            long start = System.nanoTime();
            run(cur, count);
            System.out.printf("%.2f µs a round trip%n", (System.nanoTime() - start) / 1e3 / count);
        }
    }

    private static void run(Cursor cur, int count) {
        Integer key = 1;
        for (int i = 0; i < count; i++) {
            cur.execute(SQL, key);
            cur.next();
            cur.getString(0);
        }
    }
}
