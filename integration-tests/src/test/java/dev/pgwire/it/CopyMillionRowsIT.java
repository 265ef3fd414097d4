package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A table far larger than the heap goes out and in again, as data and as rows. By data it is a million rows; rows, which take their
 * time on a slow machine, are as many as the property {@code copy.rows} says, 100,000 without it.
 */
class CopyMillionRowsIT {
    private static final int DATA = 1_000_000;
    private static final int ROWS = Integer.getInteger("copy.rows", 100_000);

    @Test
    void aMillionRowsOfDataGoOutAndInAgain() throws Exception {
        assertEquals("text true\ncsv true\nbinary true\n", run(Data.class, DATA));
    }

    @Test
    void rowsGoOutAndInAgain() throws Exception {
        assertEquals("text true\ncsv true\nbinary true\n", run(Rows.class, ROWS));
    }

    private static String run(Class<?> main, int rows) throws Exception {
        ChildJvm.Ended child = ChildJvm.run(List.of(
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=64m",
                "-cp",
                String.join(File.pathSeparator, ChildJvm.classPath()),
                main.getName(),
                TestServer.shared().dsn(),
                Integer.toString(rows)));
        assertEquals(0, child.exitCode(), child.output());
        return child.output();
    }

    /** A million rows of the ten columns that the benchmarks read. */
    private static void make(Connection conn, String rows) {
        conn.execute("CREATE TEMP TABLE wide AS SELECT g AS id, g::int8 * 1000003 AS number, g / 7.0::float8 AS ratio,"
                + " (g * 1.37)::numeric(12, 2) AS price, 'name of ' || g AS name, g % 3 = 0 AS flag,"
                + " timestamptz '2020-01-01 00:00:00+00' + g * interval '1.000001 s' AS at, date '2020-01-01' + g % 3000 AS day,"
                + " md5(g::text)::uuid AS key, CASE WHEN g % 5 > 0 THEN E'a\\tb\\\\c\"d,' || g END AS note"
                + " FROM generate_series(1, " + Integer.parseInt(rows) + ") g");
        conn.execute("CREATE TEMP TABLE again (LIKE wide)");
    }

    private static boolean isSame(Connection conn) {
        String sql = "SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM ";
        boolean same = String.valueOf(conn.execute(sql + "wide t").fetchScalar(String.class))
                .equals(conn.execute(sql + "again t").fetchScalar(String.class));
        conn.execute("TRUNCATE again");
        return same;
    }

    /** Copies data to a file and back. */
    static final class Data {
        private Data() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Files.createTempFile("copy", ".data");
            try (Connection conn = Postgres.connect(arguments[0])) {
                make(conn, arguments[1]);
                for (String format : List.of("text", "csv", "binary")) {
                    conn.copyOut("COPY wide TO STDOUT (FORMAT " + format + ")", file);
                    conn.copyIn("COPY again FROM STDIN (FORMAT " + format + ")", file);
                    System.out.println(format + " " + isSame(conn));
                }
            } finally {
                Files.delete(file);
            }
        }
    }

    /** Reads rows over one connection, and writes them over another. */
    static final class Rows {
        private Rows() {}

        public static void main(String[] arguments) {
            try (Connection from = Postgres.connect(arguments[0]);
                    Connection to = Postgres.connect(arguments[0])) {
                make(from, arguments[1]);
                make(to, arguments[1]);
                for (String format : List.of("text", "csv", "binary")) {
                    String in = "COPY again FROM STDIN (FORMAT " + format + ")";
                    try (Cursor rows = from.copyOut("COPY wide TO STDOUT (FORMAT " + format + ")")) {
                        to.copyIn(in, writer -> {
                            List<@Nullable Object> values = new ArrayList<>();
                            while (rows.next()) {
                                values.clear();
                                for (int i = 0; i < 10; i++) {
                                    values.add(rows.get(i));
                                }
                                writer.row(values.toArray());
                            }
                        });
                    }
                    System.out.println(format + " " + isSame(to));
                }
            }
        }
    }
}
