package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Far more rows than the heap could hold. */
class BulkInsertMemoryIT {
    @Test
    void twoMillionRowsNeedLittleMemory() throws Exception {
        ChildJvm.Ended child = ChildJvm.run(List.of(
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=64m",
                "-cp",
                String.join(File.pathSeparator, ChildJvm.classPath()),
                Inserts.class.getName(),
                TestServer.shared().dsn()));
        assertEquals(
                "AUTOMATIC 2000000 COPY 2000000\nUNNEST 2000000 INSERT 0 2000000\n(4000000, 1999999)\n",
                child.output());
        assertEquals(0, child.exitCode());
    }

    /** Makes the rows while they are inserted. */
    static final class Inserts {
        private Inserts() {}

        public static void main(String[] arguments) {
            try (Connection conn = Postgres.connect(arguments[0])) {
                conn.execute("CREATE TEMP TABLE bulk (id int, name text)");
                for (BulkWay way : List.of(BulkWay.AUTOMATIC, BulkWay.UNNEST)) {
                    Iterable<Object[]> rows = () -> IntStream.range(0, 2_000_000)
                            .mapToObj(i -> new Object[] {i, "the name of row number " + i})
                            .iterator();
                    var cur = conn.insertMany(
                            BulkInsert.into("bulk", "id", "name").way(way), rows);
                    System.out.println(way + " " + cur.rowCount() + " " + cur.statusMessage());
                }
                System.out.println(
                        conn.execute("SELECT count(*), max(id) FROM bulk").fetchOne());
            }
        }
    }
}
