package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A result far larger than the heap, read in a JVM with a small one, and as little memory outside it. */
class MillionRowsIT {
    private static final String SQL = "SELECT g, 'row ' || g, now() FROM generate_series(1, 1000000) g";
    /** The sum of 1 to a million, and the lengths of a million names: 4 each, and the digits. */
    private static final String SUMS = "500000500000 9888896 1000000";

    @Test
    void aMillionRowsNeedLittleMemory() throws Exception {
        ChildJvm.Ended child = run(AllWays.class);
        assertEquals("for-each " + SUMS + "\nnext " + SUMS + "\nstream " + SUMS + "\n", child.output());
        assertEquals(0, child.exitCode());
    }

    @Test
    void tenMillionRowsNeedNoMoreThanAMillion() throws Exception {
        ChildJvm.Ended child = run(TenMillion.class);
        assertEquals("10000000 rows, the sum 50000005000000, 68888897 digits, 1000000 true\n", child.output());
        assertEquals(0, child.exitCode());
    }

    @Test
    void whatIsSetAsideFitsASmallHeap() throws Exception {
        ChildJvm.Ended child = run(SetAside.class);
        assertEquals("refused\nread 1000000\nusable\n", child.output());
        assertEquals(0, child.exitCode());
    }

    private static ChildJvm.Ended run(Class<?> main) throws Exception {
        return ChildJvm.run(List.of(
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=64m",
                "-cp",
                String.join(File.pathSeparator, ChildJvm.classPath()),
                main.getName(),
                TestServer.shared().dsn()));
    }

    /** Reads the rows in each of the three ways, and prints sums. */
    static final class AllWays {
        private long numbers;
        private long lengths;
        private long times;

        public static void main(String[] arguments) {
            try (Connection conn = Postgres.connect(arguments[0]);
                    Cursor cur = conn.cursor()) {
                AllWays each = new AllWays();
                for (Row row : cur.execute(SQL)) {
                    each.add(row);
                }
                each.print("for-each");

                AllWays next = new AllWays();
                cur.execute(SQL);
                while (cur.next()) {
                    next.numbers += cur.getLong(0);
                    next.lengths += length(cur.getString(1));
                    next.times += cur.isNull(2) ? 0 : 1;
                }
                next.print("next");

                AllWays stream = new AllWays();
                cur.execute(SQL).stream().forEach(stream::add);
                stream.print("stream");
            }
        }

        private void add(Row row) {
            numbers += row.getInt(0);
            lengths += length(row.getString(1));
            times += row.get(2, OffsetDateTime.class) == null ? 0 : 1;
        }

        private static int length(String text) {
            return Objects.requireNonNull(text).length();
        }

        private void print(String way) {
            System.out.println(way + " " + numbers + " " + lengths + " " + times);
        }
    }

    /** Reads as the server makes the rows: a function in the select list is not stored first, as one in FROM is. */
    static final class TenMillion {
        private TenMillion() {}

        public static void main(String[] arguments) {
            long rows = 0;
            long sum = 0;
            long digits = 0;
            long tens = 0;
            try (Connection conn = Postgres.connect(arguments[0]);
                    Cursor cur = conn.execute(
                            "SELECT g, g::text, g % 10 = 0 FROM (SELECT generate_series(1, 10000000) AS g) t")) {
                while (cur.next()) {
                    rows++;
                    sum += cur.getLong(0);
                    digits += Objects.requireNonNull(cur.getString(1)).length();
                    tens += cur.getBoolean(2) ? 1 : 0;
                }
            }
            System.out.println(rows + " rows, the sum " + sum + ", " + digits + " digits, " + tens + " true");
        }
    }

    /** Leaves the result half read, and asks for something else. */
    static final class SetAside {
        private SetAside() {}

        public static void main(String[] arguments) {
            try (Connection conn = Postgres.connect(arguments[0]);
                    Cursor cur = conn.execute(SQL)) {
                cur.next();
                try {
                    conn.execute("SELECT 1");
                    System.out.println("not refused");
                } catch (InterfaceException refused) {
                    System.out.println("refused");
                }
                int read = 1;
                while (cur.next()) {
                    read++;
                }
                System.out.println("read " + read);
                conn.execute("SELECT 1");
                System.out.println("usable");
            }
        }
    }
}
