package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopySink;
import dev.pgwire.CopySource;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data of a COPY as it is, to the server and from there. */
@Timeout(60)
class CopyRawIT {
    private static final String IN = "COPY copied FROM STDIN";
    private static final String MANY = "COPY (SELECT generate_series(1, %d), repeat('x', 100)) TO STDOUT";

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TEMP TABLE copied (id int PRIMARY KEY, name text)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private String table() {
        return Objects.requireNonNull(
                conn.execute("SELECT coalesce(string_agg(id || '=' || name, ',' ORDER BY id), '') FROM copied")
                        .fetchScalar(String.class));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everySourceIsReadToItsEnd(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("rows");
        Files.writeString(file, "3\tc\n");
        assertEquals(1, conn.copyIn(IN, bytes("1\ta\n")));
        assertEquals(1, conn.copyIn(IN, new StringReader("2\tb\u00e9\ud83d\ude00\n")));
        assertEquals(1, conn.copyIn(IN, file));
        assertEquals(1, conn.copyIn(IN, Channels.newChannel(bytes("4\td\n"))));
        List<ByteBuffer> buffers = new ArrayList<>();
        for (String part : List.of("5\t", "", "e\n6", "\tf\n")) {
            buffers.add(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
        }
        assertEquals(2, conn.copyIn(IN, buffers));
        assertEquals(0, conn.copyIn(IN, bytes("")));
        assertEquals("1=a,2=b\u00e9\ud83d\ude00,3=c,4=d,5=e,6=f", table());
    }

    @Test
    void everySinkGetsAll(@TempDir Path directory) throws IOException {
        conn.execute("INSERT INTO copied VALUES (1, 'a'), (2, 'b\u00e9')");
        String rows = "1\ta\n2\tb\u00e9\n";
        String out = "COPY copied TO STDOUT";
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        assertEquals(2, conn.copyOut(out, stream));
        assertEquals(rows, stream.toString(StandardCharsets.UTF_8));
        StringWriter writer = new StringWriter();
        assertEquals(2, conn.copyOut(out, writer));
        assertEquals(rows, writer.toString());
        Path file = directory.resolve("rows");
        assertEquals(2, conn.copyOut(out, file));
        assertEquals(rows, Files.readString(file));
        ByteArrayOutputStream channel = new ByteArrayOutputStream();
        assertEquals(2, conn.copyOut(out, Channels.newChannel(channel)));
        assertEquals(rows, channel.toString(StandardCharsets.UTF_8));
        assertEquals(0, conn.copyOut("COPY (SELECT 1 WHERE false) TO STDOUT", stream));
    }

    @Test
    void charactersAreInTheEncodingOfTheStatement() throws IOException {
        assertEquals(1, conn.copyIn(IN + " (ENCODING 'LATIN1')", new StringReader("1\t\u00e9\n")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        conn.copyOut("COPY copied TO STDOUT (ENCODING 'LATIN1')", bytes);
        assertArrayEquals("1\t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1), bytes.toByteArray());
        StringWriter writer = new StringWriter();
        conn.copyOut("COPY copied TO STDOUT ENCODING 'LATIN1'", writer);
        assertEquals("1\t\u00e9\n", writer.toString());
        assertThrows(
                java.nio.charset.CharacterCodingException.class,
                () -> conn.copyIn(IN + " (ENCODING 'LATIN1')", new StringReader("2\t\u20ac\n")));
        assertThrows(
                InterfaceException.class,
                () -> conn.copyOut("COPY copied TO STDOUT (FORMAT binary)", new StringWriter()));
        assertEquals("1=\u00e9", table());
    }

    @Test
    void aLargeTableGoesOutAndInAgainInEachFormat() throws IOException {
        for (String format : List.of("text", "csv", "binary")) {
            conn.execute("CREATE TEMP TABLE large AS SELECT g AS id, repeat('x', g % 500) AS name"
                    + " FROM generate_series(1, 20000) g");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            long[] told = new long[2];
            CopySink sink = CopySink.of(out).onProgress((bytes, rows) -> {
                told[0] = bytes;
                told[1] = rows;
            });
            assertEquals(20_000, conn.copyOut("COPY large TO STDOUT (FORMAT " + format + ")", sink));
            assertEquals(out.size(), told[0]);
            String before = md5();
            conn.execute("TRUNCATE large");
            long[] sent = new long[1];
            CopySource source = CopySource.of(new ByteArrayInputStream(out.toByteArray()))
                    .onProgress((bytes, rows) -> sent[0] = bytes);
            assertEquals(20_000, conn.copyIn("COPY large FROM STDIN (FORMAT " + format + ")", source));
            assertEquals(out.size(), sent[0]);
            assertEquals(before, md5());
            conn.execute("DROP TABLE large");
        }
    }

    private String md5() {
        return Objects.requireNonNull(conn.execute("SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM large t")
                .fetchScalar(String.class));
    }

    @Test
    void aFailureOfTheSourceIsThrownAsItIsAndNothingIsStored() {
        IOException failure = new IOException("of the source");
        InputStream failing = new InputStream() {
            private int read;

            @Override
            public int read() throws IOException {
                if (read == 200_000) {
                    throw failure;
                }
                return read++ < 2 ? "1\t".charAt(read - 1) : 'x';
            }
        };
        assertSame(failure, assertThrows(IOException.class, () -> conn.copyIn(IN, failing)));
        assertSame(
                failure,
                assertThrows(
                        IOException.class,
                        () -> conn.copyIn(IN, new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw failure;
                            }
                        })));
        assertUsable();
    }

    @Test
    void aRowThatTheServerRefusesStopsTheSource() {
        int[] asked = new int[1];
        Iterable<ByteBuffer> endless = () -> new java.util.Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public ByteBuffer next() {
                asked[0]++;
                return ByteBuffer.wrap(("1\t" + "x".repeat(60_000) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        };
        UniqueViolationException refused = assertThrows(UniqueViolationException.class, () -> conn.copyIn(IN, endless));
        assertTrue(
                String.valueOf(Objects.requireNonNull(refused.diagnostic()).where())
                        .startsWith("COPY copied, line 2"),
                refused.toString());
        assertTrue(asked[0] > 1);
        assertUsable();
    }

    @Test
    void whatIsNoCopyInThatDirectionIsRefusedBeforeItIsSent() {
        for (String sql : List.of(
                "SELECT 1",
                "",
                "COPY copied TO STDOUT",
                "COPY copied FROM '/dev/null'",
                "COPY copied FROM STDIN; DELETE FROM copied",
                "DELETE FROM copied")) {
            InterfaceException refused = assertThrows(InterfaceException.class, () -> conn.copyIn(sql, bytes("")));
            assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
        }
        assertThrows(InterfaceException.class, () -> conn.copyOut("COPY copied FROM STDIN", new StringWriter()));
        assertThrows(DatabaseException.class, () -> conn.copyIn("COPY nothing FROM STDIN", bytes("")));
        assertThrows(DatabaseException.class, () -> conn.copyOut("COPY nothing TO STDOUT", new StringWriter()));
        assertUsable();
    }

    @Test
    void aSinkThatFailsEndsTheCopyAndTheConnectionGoesOn() {
        IOException failure = new IOException("of the sink");
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw failure;
            }
        };
        for (int rows : new int[] {1, 1000, 100_000_000}) {
            String sql = String.format(MANY, rows);
            assertSame(failure, assertThrows(IOException.class, () -> conn.copyOut(sql, failing)));
            assertUsable();
        }
    }

    @Test
    void anErrorBehindSomeRowsIsThrownBehindThem() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DatabaseException failed = assertThrows(
                DatabaseException.class,
                () -> conn.copyOut(
                        "COPY (SELECT 100000 / (100000 - g) FROM generate_series(1, 100000) g) TO STDOUT", out));
        assertEquals("22012", failed.sqlState());
        assertTrue(out.size() > 100_000, "only " + out.size());
        assertUsable();
    }

    @Test
    void aCopyIsPartOfATransaction() throws IOException {
        try (Transaction tx = conn.begin()) {
            assertEquals(1, tx.copyIn(IN, bytes("1\ta\n")));
            assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
            try (Transaction inner = tx.begin()) {
                assertEquals(1, inner.copyIn(IN, bytes("2\ta\n")));
            }
            StringWriter out = new StringWriter();
            tx.copyOut("COPY copied TO STDOUT", out);
            assertEquals("1\ta\n", out.toString());
            assertThrows(UniqueViolationException.class, () -> tx.copyIn(IN, bytes("1\tb\n")));
            assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
        }
        assertUsable();
        conn.transaction(tx -> {
            tx.copyIn(IN, bytes("1\ta\n"));
        });
        assertEquals("1=a", table());
    }

    @Test
    void copyThroughExecuteNamesTheWayThatThereIs() {
        for (String sql : List.of(IN, "COPY copied TO STDOUT")) {
            DatabaseException refused = assertInstanceOf(
                    DatabaseException.class, assertThrows(RuntimeException.class, () -> conn.execute(sql)));
            assertTrue(refused.getMessage().contains(sql.equals(IN) ? "copyIn" : "copyOut"), refused.getMessage());
        }
        assertUsable();
    }

    private void assertUsable() {
        assertFalse(conn.isClosed());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals("", table());
    }
}
