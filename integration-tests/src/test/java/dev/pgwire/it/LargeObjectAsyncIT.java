package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.LargeObjectMode;
import dev.pgwire.Postgres;
import dev.pgwire.Whence;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncLargeObject;
import dev.pgwire.async.AsyncLargeObjects;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large objects over an asynchronous connection: all that is made is rolled back. */
@Timeout(60)
class LargeObjectAsyncIT {
    private AsyncConnection conn;
    private AsyncTransaction transaction;
    private AsyncLargeObjects objects;

    @BeforeEach
    void begin() throws Exception {
        conn = Postgres.connectAsync(TestServer.shared().dsn()).get();
        transaction = conn.begin().get();
        objects = transaction.largeObjects();
    }

    @AfterEach
    void rollBack() throws Exception {
        conn.close().get();
    }

    private static <T> T got(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return assertThrows(ExecutionException.class, () -> got(future)).getCause();
    }

    private byte[] stored(long oid) throws Exception {
        return got(transaction.execute("SELECT lo_get($1)", oid)).scalar(byte[].class);
    }

    private AsyncLargeObject made(LargeObjectMode mode) throws Exception {
        return got(objects.create().thenCompose(oid -> objects.open(oid, mode)));
    }

    @Test
    void callsAreDoneInTheirOrder() throws Exception {
        AsyncLargeObject object = made(LargeObjectMode.READ_WRITE);
        CompletableFuture<Integer> written = object.write("hello world".getBytes(StandardCharsets.US_ASCII));
        CompletableFuture<Long> at = object.position();
        CompletableFuture<Long> back = object.position(6);
        ByteBuffer target = ByteBuffer.allocate(20);
        CompletableFuture<Integer> read = object.read(target);
        CompletableFuture<Integer> end = object.read(ByteBuffer.allocate(1));
        CompletableFuture<Long> near = object.seek(-5, Whence.END);
        CompletableFuture<byte[]> bytes = object.read(3);
        object.truncate(5);
        CompletableFuture<Long> size = object.size();
        object.resize(7);
        CompletableFuture<Long> longer = object.size();
        object.close();
        CompletableFuture<Long> over = object.size();
        assertEquals(11, got(written));
        assertEquals(11, got(at));
        assertEquals(6, got(back));
        assertEquals(5, got(read));
        assertEquals("world", new String(target.array(), 0, 5, StandardCharsets.US_ASCII));
        assertEquals(-1, got(end));
        assertEquals(6, got(near));
        assertArrayEquals("wor".getBytes(StandardCharsets.US_ASCII), got(bytes));
        assertEquals(5, got(size));
        assertEquals(7, got(longer));
        assertTrue(failure(over).getMessage().endsWith("is closed, expected an open one"));
        assertFalse(object.isOpen());
        assertEquals(7, stored(object.oid()).length);
    }

    @Test
    void muchPassesInPiecesAndByStreams(@TempDir Path directory) throws Exception {
        byte[] much = new byte[900_000];
        Seed.take().random().nextBytes(much);
        AsyncLargeObject object = made(LargeObjectMode.READ_WRITE);
        assertEquals(much.length, got(object.write(much)));
        assertArrayEquals(much, stored(object.oid()));
        object.position(0);
        ByteBuffer all = ByteBuffer.allocate(much.length + 1);
        assertEquals(much.length, got(object.read(all)));
        assertArrayEquals(much, Arrays.copyOf(all.array(), much.length));

        long in = got(objects.importFrom(new ByteArrayInputStream(much)));
        assertArrayEquals(much, stored(in));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(much.length, got(objects.exportTo(in, out)));
        assertArrayEquals(much, out.toByteArray());
        Path file = directory.resolve("file");
        assertEquals(much.length, got(objects.exportTo(in, file)));
        assertArrayEquals(much, Files.readAllBytes(file));
        assertArrayEquals(much, stored(got(objects.importFrom(file))));
    }

    @Test
    void whenTheSourceFailsThereIsNoObjectAndTheTransactionGoesOn(@TempDir Path directory) throws Exception {
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
        long before = count();
        assertEquals("the disk is gone", failure(objects.importFrom(source)).getMessage());
        assertTrue(failure(objects.importFrom(directory.resolve("none"))) instanceof IOException);
        assertEquals(before, count());
        long oid = got(objects.create());
        assertTrue(failure(objects.exportTo(oid, directory)) instanceof IOException);
        assertEquals(before + 1, count());
    }

    private long count() throws Exception {
        return got(transaction.execute("SELECT count(*) FROM pg_largeobject_metadata"))
                .scalar(Long.class);
    }

    @Test
    void itEndsWithItsTransaction() throws Exception {
        AsyncLargeObject object = made(LargeObjectMode.READ_WRITE);
        got(transaction.rollback());
        assertFalse(object.isOpen());
        assertTrue(failure(object.write(new byte[1])).getMessage().contains("expected"));
        got(object.close());
        assertTrue(failure(objects.create()) instanceof InterfaceException);
        assertThrows(InterfaceException.class, transaction::largeObjects);
        AsyncLargeObjects outside = conn.largeObjects();
        assertTrue(failure(outside.open(1, LargeObjectMode.READ)).getMessage().contains("outside a transaction"));
        assertTrue(failure(outside.importFrom(InputStream.nullInputStream()))
                .getMessage()
                .contains("outside a transaction"));
        long oid = got(outside.create());
        got(outside.unlink(oid));
    }

    @Test
    void whatIsWrongFailsTheFuture() throws Exception {
        AsyncLargeObject object = made(LargeObjectMode.READ);
        assertTrue(failure(object.write(new byte[1])).getMessage().contains("expected WRITE"));
        assertTrue(failure(object.position(-1)).getMessage().contains("expected 0 or more"));
        assertTrue(failure(objects.create(-1)).getMessage().contains("expected a number"));
        assertEquals(0, got(object.size()));
        assertEquals(
                "42704",
                ((DatabaseException) failure(objects.exportTo(1, OutputStream.nullOutputStream()))).sqlState());
        got(transaction.rollback());
        assertEquals(1, got(conn.execute("SELECT 1")).scalar(Integer.class));
    }
}
