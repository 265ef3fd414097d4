package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopyWriter;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.testkit.FaultProxy;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A COPY whose connection is cut, at each of its bytes and in either direction, ends in an exception, and stores nothing. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CopyLossIT {
    private static final String IN = "COPY copy_loss FROM STDIN";
    private static final String OUT = "COPY (SELECT g FROM generate_series(1, 5) g) TO STDOUT";
    private static Connection owner;

    @BeforeAll
    static void make() {
        owner = Postgres.connect(TestServer.shared().dsn());
        owner.execute("CREATE TABLE copy_loss (id int PRIMARY KEY)");
    }

    @AfterAll
    static void drop() {
        owner.execute("DROP TABLE copy_loss");
        owner.close();
    }

    @FunctionalInterface
    private interface Use {
        void with(Connection conn) throws IOException;
    }

    private static void in(Connection conn) throws IOException {
        conn.copyIn(IN, new ByteArrayInputStream("1\n2\n3\n".getBytes(StandardCharsets.US_ASCII)));
    }

    /** Cuts at each byte but the last, in one direction; returns how many bytes there were. */
    private static int cutEverywhere(Use use, Side cutSide) throws IOException {
        int cuts = 0;
        while (true) {
            try (FaultProxy proxy = FaultProxy.before(TestServer.shared());
                    Connection conn = Postgres.connect(
                            TestServer.shared().dsn("host=127.0.0.1 sslmode=disable port=" + proxy.port()))) {
                proxy.cutAfter(cutSide, cuts + 1);
                try {
                    use.with(conn);
                    // All that it needs has passed.
                    return cuts;
                } catch (PgException lost) {
                    assertTrue(conn.isClosed(), lost.toString());
                    assertThrows(PgException.class, () -> conn.execute("SELECT 1"));
                }
            }
            cuts++;
        }
    }

    /** Only what was sent to its end may be stored, although the answer to it is cut off. */
    @Test
    void aCopyToTheServerIsCutAtEachByteOnItsWay() throws IOException {
        int[] stored = new int[1];
        int cuts = cutEverywhere(
                conn -> {
                    stored[0] += Math.toIntExact(
                            owner.execute("DELETE FROM copy_loss").rowCount());
                    in(conn);
                },
                Side.FRONTEND);
        assertTrue(cuts > 40, "only " + cuts);
        assertTrue(stored[0] <= 3, stored[0] + " rows were stored");
        owner.execute("DELETE FROM copy_loss");
    }

    @Test
    void theAnswerToACopyToTheServerIsCutAtEachByte() throws IOException {
        int cuts = cutEverywhere(
                conn -> {
                    owner.execute("DELETE FROM copy_loss");
                    in(conn);
                },
                Side.BACKEND);
        assertTrue(cuts > 20, "only " + cuts);
        owner.execute("DELETE FROM copy_loss");
    }

    @Test
    void aCopyFromTheServerIsCutAtEachByte() throws IOException {
        int raw = cutEverywhere(conn -> conn.copyOut(OUT, OutputStream.nullOutputStream()), Side.BACKEND);
        assertTrue(raw > 60, "only " + raw);
        int asked = cutEverywhere(conn -> conn.copyOut(OUT, OutputStream.nullOutputStream()), Side.FRONTEND);
        assertTrue(asked > 40, "only " + asked);
    }

    @Test
    void aServerProcessThatIsKilledFailsTheCopyAndHoldsNoLock() {
        Connection conn = Postgres.connect(TestServer.shared().dsn());
        try (conn) {
            CopyWriter writer = conn.copyIn(IN);
            writer.row(1);
            owner.execute("SELECT pg_terminate_backend($1)", conn.processId());
            assertThrows(PgException.class, () -> {
                while (true) {
                    writer.row(7);
                }
            });
            assertTrue(conn.isClosed());
            writer.close();
        }
        owner.execute("LOCK TABLE copy_loss IN ACCESS EXCLUSIVE MODE NOWAIT; ROLLBACK");
        Connection other = Postgres.connect(TestServer.shared().dsn());
        try (other) {
            Cursor rows = other.copyOut("COPY (SELECT generate_series(1, 1000000000)) TO STDOUT");
            assertTrue(rows.next());
            owner.execute("SELECT pg_terminate_backend($1)", other.processId());
            assertThrows(PgException.class, () -> {
                while (rows.next()) {
                    rows.getInt(0);
                }
            });
            assertTrue(other.isClosed());
        }
    }
}
