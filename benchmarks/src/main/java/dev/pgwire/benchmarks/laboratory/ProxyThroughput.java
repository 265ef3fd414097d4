package dev.pgwire.benchmarks.laboratory;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.laboratory.proxy.Fate;
import dev.pgwire.laboratory.proxy.Proxy;
import dev.pgwire.laboratory.proxy.Tap;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.testkit.TestServer;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * A gigabyte of COPY and as much of rows, straight and through a proxy whose tap looks at each message: both take turns, and the ratio
 * of the medians is printed. {@code benchmarks/proxy [MEGABYTES]}; PGWIRE_TEST_DSN names the server, else an embedded one is started.
 */
public final class ProxyThroughput {
    private static final int ROUNDS = 5;
    private static final int ROW = 100;

    private ProxyThroughput() {}

    /** Something that reads all of the bytes. */
    private interface Work {
        void on(Connection connection) throws Exception;
    }

    /** Runs both works and prints their ratios. */
    public static void main(String[] arguments) throws Exception {
        long megabytes = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1024;
        long rows = megabytes * 1024 * 1024 / ROW;
        String select = "SELECT repeat('x', " + ROW + ") FROM generate_series(1, " + rows + ")";
        LongAdder seen = new LongAdder();
        Tap looks = (frame, line) -> {
            if (frame.side() == Side.BACKEND && frame.tag() == DataRow.TAG) {
                seen.add(((DataRow) frame.message()).columnCount());
            }
            return Fate.pass();
        };
        TestServer server = TestServer.shared();
        try (Proxy proxy = Proxy.before("127.0.0.1", server.port()).start(looks);
                Connection straight = Postgres.connect(server.dsn("host=127.0.0.1 sslmode=disable"));
                Connection through =
                        Postgres.connect(server.dsn("host=127.0.0.1 sslmode=disable port=" + proxy.port()))) {
            compare(
                    megabytes,
                    "COPY",
                    straight,
                    through,
                    connection ->
                            connection.copyOut("COPY (" + select + ") TO STDOUT", OutputStream.nullOutputStream()));
            compare(megabytes, "rows", straight, through, connection -> {
                try (var cursor = connection.cursor()) {
                    cursor.execute(select);
                    while (cursor.next()) {
                        seen.add(0);
                    }
                }
            });
        }
        System.out.println(seen.sum() + " columns of rows were looked at");
    }

    private static void compare(long megabytes, String name, Connection straight, Connection through, Work work)
            throws Exception {
        double[] alone = new double[ROUNDS];
        double[] proxied = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            alone[i] = seconds(straight, work);
            proxied[i] = seconds(through, work);
        }
        Arrays.sort(alone);
        Arrays.sort(proxied);
        double without = megabytes / alone[ROUNDS / 2];
        double with = megabytes / proxied[ROUNDS / 2];
        System.out.printf(
                "%s: %.0f MB/s straight, %.0f MB/s through the proxy, ratio %.2f%n",
                name, without, with, with / without);
    }

    private static double seconds(Connection connection, Work work) throws Exception {
        long begun = System.nanoTime();
        work.on(connection);
        return (System.nanoTime() - begun) / 1e9;
    }
}
