package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.LargeObject;
import dev.pgwire.LargeObjectMode;
import dev.pgwire.LargeObjects;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.Whence;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large objects: all that is made is rolled back. */
@Timeout(60)
class LargeObjectIT {
    private Connection conn;
    private LargeObjects objects;

    @BeforeEach
    void begin() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.begin();
        objects = conn.largeObjects();
    }

    @AfterEach
    void rollBack() {
        conn.close();
    }

    private LargeObject made(LargeObjectMode mode) {
        return objects.open(objects.create(), mode);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] stored(long oid) {
        return conn.execute("SELECT lo_get($1)", oid).fetchSingle().getBytes(0);
    }

    private String failure(Runnable what) {
        return assertThrows(InterfaceException.class, what::run).getMessage();
    }

    private void isRefused(String sqlState, Runnable what) {
        assertEquals(sqlState, assertThrows(DatabaseException.class, what::run).sqlState());
        assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
        conn.rollback();
        assertEquals(1, conn.execute("SELECT 1").fetchSingle().getInt(0));
        conn.begin();
    }

    @Test
    void whatIsWrittenIsReadFromWhereOneGoes() {
        try (LargeObject object = made(LargeObjectMode.READ_WRITE)) {
            assertEquals(11, object.write(bytes("hello world")));
            assertEquals(11, object.position());
            assertEquals(11, object.size());
            assertEquals(-1, object.read(ByteBuffer.allocate(4)));
            assertEquals(0, object.read(16).length);
            assertSame(object, object.position(6));
            assertArrayEquals(bytes("world"), object.read(16));
            assertEquals(2, object.seek(-9, Whence.END));
            assertEquals(5, object.seek(3, Whence.CURRENT));
            assertEquals(1, object.seek(1, Whence.START));
            ByteBuffer part = ByteBuffer.allocate(6);
            part.position(1).limit(5);
            assertEquals(4, object.read(part));
            assertArrayEquals(new byte[] {0, 'e', 'l', 'l', 'o', 0}, part.array());
            assertEquals(0, object.read(part));
            ByteBuffer direct = ByteBuffer.allocateDirect(3);
            direct.put(bytes("O W")).flip();
            object.position(4);
            assertEquals(3, object.write(direct.asReadOnlyBuffer()));
            assertArrayEquals(bytes("hellO World"), stored(object.oid()));
            assertEquals(0, object.write(new byte[0]));
            assertEquals(11, object.size());
        }
    }

    @Test
    void theNumberIsTheProgramsOrTheServers() {
        long own = objects.create() + 1;
        assertEquals(own, objects.create(own));
        assertEquals(0, stored(own).length);
        objects.unlink(own);
        assertEquals(own, objects.create(own));
        isRefused("23505", () -> objects.create(objects.create()));
    }

    @Test
    void aNumberThatIsNoneIsRefusedBeforeItIsSent() {
        assertEquals(
                "the oid of a large object is -1, expected a number from 0 to 4294967295",
                failure(() -> objects.create(-1)));
        assertTrue(failure(() -> objects.open(1L << 32, LargeObjectMode.READ)).contains("4294967296"));
        assertTrue(failure(() -> objects.unlink(Long.MIN_VALUE)).contains("expected a number"));
        LargeObject object = made(LargeObjectMode.READ_WRITE);
        assertTrue(failure(() -> object.position(-1)).contains("expected 0 or more"));
        assertTrue(failure(() -> object.truncate(-1)).contains("expected 0 or more"));
        assertTrue(failure(() -> object.resize(-1)).contains("expected 0 or more"));
        assertTrue(failure(() -> object.read(-1)).contains("expected 0 or more"));
        assertTrue(failure(() -> object.read(ByteBuffer.allocate(1).asReadOnlyBuffer()))
                .contains("expected one that can be written to"));
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
    }

    @Test
    void itIsCutOffAsAChannelIsOrMadeSoLong() {
        LargeObject object = made(LargeObjectMode.READ_WRITE);
        object.write(bytes("0123456789"));
        object.truncate(12);
        assertEquals(10, object.size());
        assertEquals(10, object.position());
        object.position(20).truncate(15);
        assertEquals(15, object.position());
        assertEquals(10, object.size());
        object.truncate(4);
        assertEquals(4, object.position());
        assertArrayEquals(bytes("0123"), stored(object.oid()));
        object.position(1);
        object.resize(6);
        assertEquals(1, object.position());
        assertArrayEquals(new byte[] {'0', '1', '2', '3', 0, 0}, stored(object.oid()));
        object.resize(2);
        assertArrayEquals(bytes("01"), stored(object.oid()));
    }

    @Test
    void positionsAndLengthsHave64Bits() {
        long far = (5L << 30) + 7;
        try (LargeObject object = made(LargeObjectMode.READ_WRITE)) {
            object.position(far);
            object.write(bytes("far"));
            assertEquals(far + 3, object.position());
            assertEquals(far + 3, object.size());
            assertEquals(far, object.seek(-3, Whence.END));
            assertArrayEquals(bytes("far"), object.read(10));
            object.position(far - 1);
            assertArrayEquals(new byte[] {0, 'f'}, object.read(2));
            object.truncate(far + 1);
            assertEquals(far + 1, object.size());
            object.resize(far + 5);
            assertEquals(far + 5, object.size());
            assertTrue(conn.execute("SELECT count(*) FROM pg_largeobject WHERE loid = $1", object.oid())
                            .fetchSingle()
                            .getLong(0)
                    < 5);
        }
    }

    @Test
    void muchPassesInPieces() {
        byte[] much = new byte[3 * 256 * 1024 + 17];
        Seed.take().random().nextBytes(much);
        LargeObject object = made(LargeObjectMode.READ_WRITE);
        assertEquals(much.length, object.write(ByteBuffer.wrap(much)));
        assertArrayEquals(much, stored(object.oid()));
        object.position(0);
        ByteBuffer all = ByteBuffer.allocate(much.length + 100);
        assertEquals(much.length, object.read(all));
        assertArrayEquals(much, Arrays.copyOf(all.array(), much.length));
        object.position(0);
        assertEquals(256 * 1024, object.read(Integer.MAX_VALUE).length);
    }

    @Test
    void streamsReadAndWrite() throws IOException {
        byte[] much = new byte[600_000];
        Seed.take().random().nextBytes(much);
        LargeObject written = made(LargeObjectMode.WRITE);
        try (OutputStream out = written.outputStream()) {
            out.write(much[0]);
            out.write(much, 1, 300_000);
            for (int i = 300_001; i < 400_000; i++) {
                out.write(much[i]);
            }
            out.write(much, 400_000, 200_000);
        }
        assertFalse(written.isOpen());
        LargeObject read = objects.open(written.oid(), LargeObjectMode.READ);
        try (InputStream in = read.inputStream()) {
            assertEquals(much[0] & 0xFF, in.read());
            byte[] some = new byte[500_000];
            assertEquals(500_000, in.readNBytes(some, 0, 500_000));
            assertArrayEquals(Arrays.copyOfRange(much, 1, 500_001), some);
            assertArrayEquals(Arrays.copyOfRange(much, 500_001, much.length), in.readAllBytes());
            assertEquals(-1, in.read());
            assertEquals(-1, in.read(some));
        }
        assertFalse(read.isOpen());
    }

    @Test
    void whatAStreamHasLeftIsNotLostInSilence() throws IOException {
        LargeObject object = made(LargeObjectMode.WRITE);
        OutputStream out = object.outputStream();
        out.write(1);
        conn.rollback();
        assertTrue(
                assertThrows(InterfaceException.class, out::close).getMessage().contains("transaction ended"));
        conn.begin();
    }

    @Test
    void filesAndStreamsGoInAndOut(@TempDir Path directory) throws IOException {
        byte[] much = new byte[700_000];
        Seed.take().random().nextBytes(much);
        Path file = Files.write(directory.resolve("in"), much);
        long oid = objects.importFrom(file);
        assertArrayEquals(much, stored(oid));
        Path out = directory.resolve("out");
        assertEquals(much.length, objects.exportTo(oid, out));
        assertArrayEquals(much, Files.readAllBytes(out));
        long again = objects.importFrom(new ByteArrayInputStream(much, 0, 2 * 256 * 1024));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertEquals(2 * 256 * 1024, objects.exportTo(again, bytes));
        assertArrayEquals(Arrays.copyOf(much, 2 * 256 * 1024), bytes.toByteArray());
        assertEquals(0, stored(objects.importFrom(InputStream.nullInputStream())).length);
    }

    @Test
    void whenTheSourceOrTheTargetFailsTheTransactionGoesOn(@TempDir Path directory) {
        long before = count();
        InputStream source = new InputStream() {
            private int left = 300_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the disk is gone");
                }
                return 1;
            }
        };
        assertEquals(
                "the disk is gone",
                assertThrows(IOException.class, () -> objects.importFrom(source))
                        .getMessage());
        assertEquals(before, count());
        assertThrows(IOException.class, () -> objects.importFrom(directory.resolve("none")));
        long oid = objects.create();
        assertThrows(IOException.class, () -> objects.exportTo(oid, directory));
        assertThrows(IOException.class, () -> objects.exportTo(oid, directory.resolve("none/none")));
        assertEquals(before + 1, count());
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
    }

    private long count() {
        return conn.execute("SELECT count(*) FROM pg_largeobject_metadata")
                .fetchSingle()
                .getLong(0);
    }

    @Test
    void itIsOpenForWhatTheModeSays() {
        LargeObject read = made(LargeObjectMode.READ);
        assertEquals(
                "the large object " + read.oid() + " was opened for READ, expected WRITE or READ_WRITE where it is"
                        + " changed",
                failure(() -> read.write(new byte[1])));
        failure(() -> read.truncate(0));
        failure(() -> read.resize(0));
        failure(read::outputStream);
        LargeObject write = objects.open(read.oid(), LargeObjectMode.WRITE);
        write.write(new byte[3]);
        assertTrue(failure(() -> write.read(1)).endsWith("expected READ or READ_WRITE where it is read"));
        failure(() -> write.read(ByteBuffer.allocate(1)));
        failure(write::inputStream);
        assertEquals(3, write.size());
        assertEquals(LargeObjectMode.WRITE, write.mode());
    }

    @Test
    void outsideATransactionNothingIsOpened() {
        long oid = objects.create();
        conn.commit();
        try {
            assertEquals(
                    "a large object was opened outside a transaction, with which it would be closed at once; expected"
                            + " begin(), transaction(...) or autocommit(false)",
                    failure(() -> objects.open(oid, LargeObjectMode.READ)));
            failure(() -> {
                try {
                    objects.importFrom(InputStream.nullInputStream());
                } catch (IOException unexpected) {
                    throw new AssertionError(unexpected);
                }
            });
            conn.autocommit(false);
            try (LargeObject object = objects.open(oid, LargeObjectMode.READ)) {
                assertTrue(conn.inTransaction());
                assertEquals(0, object.size());
            }
            conn.rollback();
            conn.autocommit(true);
            long alone = objects.create();
            objects.unlink(alone);
        } finally {
            objects.unlink(oid);
        }
    }

    @Test
    void itEndsWithItsTransaction() {
        LargeObject object = made(LargeObjectMode.READ_WRITE);
        assertTrue(object.isOpen());
        assertEquals("LargeObject[" + object.oid() + ", READ_WRITE]", object.toString());
        conn.rollback();
        assertFalse(object.isOpen());
        assertEquals("LargeObject[" + object.oid() + ", READ_WRITE, closed]", object.toString());
        conn.begin();
        LargeObject other = made(LargeObjectMode.READ_WRITE);
        String why = "the large object " + object.oid()
                + " was closed when its transaction ended, expected that it is opened anew in this one";
        assertEquals(why, failure(() -> object.write(new byte[1])));
        assertEquals(why, failure(object::position));
        object.close();
        assertEquals(0, other.size());
    }

    @Test
    void onceClosedItRefusesAll() {
        LargeObject object = made(LargeObjectMode.READ_WRITE);
        object.close();
        object.close();
        String why = "the large object " + object.oid() + " is closed, expected an open one";
        assertEquals(why, failure(() -> object.read(1)));
        assertEquals(why, failure(() -> object.write(new byte[1])));
        assertEquals(why, failure(() -> object.seek(0, Whence.END)));
        assertEquals(why, failure(() -> object.truncate(1)));
        assertEquals(why, failure(() -> object.resize(1)));
        assertEquals(why, failure(object::size));
    }

    /** The server gives the number of a descriptor again that it has closed with a savepoint. */
    @Test
    void afterASavepointWasUndoneNoOtherObjectIsWritten() {
        long oid = objects.create();
        Transaction savepoint = conn.begin();
        LargeObject within = savepoint.largeObjects().open(oid, LargeObjectMode.READ_WRITE);
        savepoint.rollback();
        LargeObject other = made(LargeObjectMode.READ_WRITE);
        assertEquals(
                "the large object " + oid
                        + " was closed by the server, when it rolled back to a savepoint; expected that it is opened anew",
                failure(() -> within.write(bytes("wrong"))));
        within.close();
        assertEquals(0, other.size());
    }

    @Test
    void closingItAfterItsSavepointWasUndoneLetsTheTransactionGoOn() {
        long oid = objects.create();
        Transaction savepoint = conn.begin();
        LargeObject within = savepoint.largeObjects().open(oid, LargeObjectMode.READ_WRITE);
        savepoint.rollback();
        within.close();
        assertEquals(0, made(LargeObjectMode.READ_WRITE).size());
    }

    @Test
    void closingItInAFailedTransactionDoesNotHideWhyThatFailed() {
        DatabaseException failed = assertThrows(DatabaseException.class, () -> {
            try (LargeObject object = made(LargeObjectMode.READ)) {
                conn.execute("SELECT 1 / $1", object.size());
            }
        });
        assertEquals(0, failed.getSuppressed().length);
        assertEquals("22012", failed.sqlState());
        isRefused("25P02", () -> objects.create());
    }

    @Test
    void whatTheServerRefusesLeavesTheConnectionUsable() {
        isRefused("42704", () -> objects.open(1, LargeObjectMode.READ));
        isRefused("42704", () -> objects.unlink(1));
        isRefused("42704", () -> {
            try {
                objects.exportTo(1, OutputStream.nullOutputStream());
            } catch (IOException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        isRefused("22023", () -> made(LargeObjectMode.READ).seek(-1, Whence.END));
    }

    @Test
    void whomItDoesNotBelongToMayNotReadIt() {
        long oid = objects.create();
        conn.execute("CREATE ROLE \"lob it\"");
        conn.execute("SET LOCAL ROLE \"lob it\"");
        isRefused("42501", () -> objects.open(oid, LargeObjectMode.READ));
    }

    @Test
    void aTransactionThatHasEndedOpensNothing() {
        conn.rollback();
        Transaction ended = conn.begin();
        LargeObjects its = ended.largeObjects();
        ended.rollback();
        assertTrue(failure(ended::largeObjects).contains("expected"));
        Transaction next = conn.begin();
        conn.execute("SELECT 1");
        long oid = next.largeObjects().create();
        next.rollback();
        try (Transaction third = conn.begin()) {
            conn.execute("SELECT 1");
            assertTrue(failure(() -> next.largeObjects()).contains("expected"));
            third.largeObjects().create(oid);
        }
        conn.begin();
        conn.execute("SELECT 1");
        assertTrue(failure(() -> its.create()).contains("transaction"));
    }

    @Test
    void theConnectionReadsAResultMeanwhile() {
        LargeObject object = made(LargeObjectMode.READ_WRITE);
        var rows = conn.execute("SELECT g FROM generate_series(1, 20000) g");
        assertTrue(rows.next());
        object.write(bytes("x"));
        long sum = rows.getInt(0);
        while (rows.next()) {
            sum += rows.getInt(0);
        }
        assertEquals(200_010_000, sum);
        assertEquals(1, object.size());
    }
}
