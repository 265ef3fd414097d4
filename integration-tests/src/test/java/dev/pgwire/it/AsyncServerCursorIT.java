package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.ScrollMode;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncServerCursor;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.pool.AsyncPool;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Cursors of the server, for callers that do not wait. */
class AsyncServerCursorIT {
    private static final ServerCursorOptions SCROLL = ServerCursorOptions.DEFAULT.scroll();
    private static final String NUMBERS = "SELECT g FROM generate_series(1, $1::int) g";

    private AsyncConnection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connectAsync(TestServer.shared().dsn()).join();
    }

    @AfterEach
    void disconnect() {
        conn.close().join();
    }

    private static void fails(Class<? extends Throwable> expected, Executable call) {
        Throwable failure = assertThrows(CompletionException.class, call).getCause();
        assertTrue(expected.isInstance(failure), String.valueOf(failure));
    }

    private static List<Integer> ids(Iterable<Row> rows) {
        List<Integer> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getInt(0)));
        return ids;
    }

    /** What the subscriber does not ask for stays on the server, which waits. */
    @Test
    void aStreamIsHeldBackByDemand(@TempDir Path directory) throws Exception {
        try (TappedProxy proxy = new TappedProxy(directory);
                Connection owner = Postgres.connect(TestServer.shared().dsn())) {
            AsyncConnection held = Postgres.connectAsync(proxy.dsn()).join();
            AsyncTransaction tx = held.begin().join();
            long rows = 20_000;
            AsyncServerCursor cur = tx.cursor("c")
                    .execute("SELECT g, repeat('x', 1000) FROM generate_series(1, $1::int) g", rows)
                    .join();
            CompletableFuture<Flow.Subscription> first = new CompletableFuture<>();
            CompletableFuture<Long> end = new CompletableFuture<>();
            proxy.mark();
            cur.stream().subscribe(new Flow.Subscriber<>() {
                private Flow.Subscription given;
                private long taken;

                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    given = subscription;
                    given.request(1);
                }

                @Override
                public void onNext(Row row) {
                    taken++;
                    first.complete(given);
                }

                @Override
                public void onError(Throwable failure) {
                    end.completeExceptionally(failure);
                }

                @Override
                public void onComplete() {
                    end.complete(taken);
                }
            });
            Flow.Subscription subscription = first.get(60, TimeUnit.SECONDS);
            Cursor waits = owner.cursor();
            while (!"ClientWrite"
                    .equals(waits.execute("SELECT wait_event FROM pg_stat_activity WHERE pid = $1", held.processId())
                            .fetchScalar(String.class))) {
                Thread.onSpinWait();
            }
            assertTrue(proxy.received() < 1024 * 1024 + TappedProxy.HELD, proxy.received() + " bytes were read");
            assertFalse(end.isDone());
            subscription.request(Long.MAX_VALUE);
            assertEquals(rows, end.get(60, TimeUnit.SECONDS));
            held.close().join();
        }
    }

    private static <T> CompletableFuture<List<T>> collected(Flow.Publisher<T> publisher) {
        CompletableFuture<List<T>> all = new CompletableFuture<>();
        List<T> values = new ArrayList<>();
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(T value) {
                values.add(value);
            }

            @Override
            public void onError(Throwable failure) {
                all.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                all.complete(values);
            }
        });
        return all;
    }

    private long open(AsyncConnection on) {
        return on.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''")
                .join()
                .scalar(Long.class);
    }

    @Test
    void itFetchesWhatItIsAskedFor() {
        AsyncTransaction tx = conn.begin().join();
        AsyncServerCursor cur = tx.cursor("c", SCROLL);
        assertEquals("c", cur.name());
        assertTrue(cur.isScrollable());
        assertFalse(cur.isHold());
        // Nothing is waited for in between.
        CompletableFuture<AsyncServerCursor> declared = cur.execute(NUMBERS, 10);
        CompletableFuture<Row> first = cur.fetchOne();
        CompletableFuture<?> between = tx.execute("SELECT 1");
        CompletableFuture<? extends List<Row>> some = cur.fetchMany(3);
        assertEquals(cur, declared.join());
        assertEquals(1, first.join().getInt(0));
        between.join();
        assertEquals(List.of(2, 3, 4), ids(some.join()));
        assertEquals(1, cur.description().join().size());
        assertEquals(List.of(), ids(cur.fetchMany(0).join()));
        assertEquals(List.of(5, 6, 7, 8, 9, 10), ids(cur.fetchAll().join()));
        assertNull(cur.fetchOne().join());
        assertTrue(cur.scroll(7, ScrollMode.ABSOLUTE).join());
        assertTrue(cur.scroll(-2, ScrollMode.RELATIVE).join());
        assertEquals(6, cur.fetchOne().join().getInt(0));
        assertEquals(List.of(7, 8, 9, 10), ids(collected(cur.stream()).join()));
        assertEquals(List.of(), collected(cur.stream()).join());
        assertFalse(cur.scroll(100, ScrollMode.ABSOLUTE).join());
        cur.execute("SELECT :x::int", Map.of("x", 5)).join();
        assertEquals(5, cur.fetchOne().join().getInt(0));
        assertEquals(1, open(conn));
        cur.close().join();
        assertEquals(0, open(conn));
        cur.close().join();
        fails(InterfaceException.class, () -> cur.fetchOne().join());
        fails(InterfaceException.class, () -> collected(cur.stream()).join());
        tx.commit().join();
    }

    @Test
    void itEndsWithItsTransactionUnlessItIsHeld() {
        AsyncServerCursor cur = conn.cursor("c");
        fails(InterfaceException.class, () -> cur.execute(NUMBERS, 3).join());
        conn.autocommit(false).join();
        cur.execute(NUMBERS, 3).join();
        conn.commit().join();
        fails(InterfaceException.class, () -> cur.fetchOne().join());
        cur.close().join();
        conn.autocommit(true).join();
        AsyncServerCursor held = conn.cursor("c", SCROLL.hold());
        assertTrue(held.isHold());
        held.execute(NUMBERS, 100_000).join();
        assertEquals(100_000, collected(held.stream()).join().size());
        assertTrue(held.scroll(1, ScrollMode.ABSOLUTE).join());
        assertEquals(2, held.fetchOne().join().getInt(0));
        held.close().join();
        assertEquals(0, open(conn));
        AsyncTransaction tx = conn.begin().join();
        AsyncServerCursor inside = tx.cursor("d");
        inside.execute(NUMBERS, 3).join();
        tx.rollback().join();
        fails(InterfaceException.class, () -> inside.fetchAll().join());
        inside.close().join();
        assertThrows(InterfaceException.class, () -> tx.cursor("e"));
    }

    @Test
    void aFailureFailsTheTransaction() {
        AsyncTransaction tx = conn.begin().join();
        AsyncServerCursor cur = tx.cursor("c");
        cur.execute("SELECT 100 / (5 - g) FROM generate_series(1, 10) g").join();
        assertEquals(4, cur.fetchMany(4).join().size());
        fails(DivisionByZeroException.class, () -> cur.fetchOne().join());
        fails(InFailedTransactionException.class, () -> cur.fetchAll().join());
        cur.close().join();
        tx.rollback().join();
        assertThrows(InterfaceException.class, () -> conn.cursor("x".repeat(64)));
        assertThrows(InterfaceException.class, () -> cur.fetchMany(-1));
        fails(InterfaceException.class, () -> conn.cursor("nowhere").fetchAll().join());
    }

    @Test
    void whatAFunctionOpensIsTakenOver() {
        conn.execute("CREATE FUNCTION pg_temp.one() RETURNS refcursor LANGUAGE plpgsql AS"
                        + " $$ DECLARE c CURSOR FOR VALUES (7), (8); BEGIN OPEN c; RETURN c; END $$")
                .join();
        List<Integer> read = conn.transaction(tx -> tx.callProc("pg_temp.one")
                        .thenCompose(
                                answer -> tx.cursor(answer.scalar(String.class)).fetchAll())
                        .thenApply(AsyncServerCursorIT::ids))
                .join();
        assertEquals(List.of(7, 8), read);
    }

    @Test
    void aPoolLeavesNoneToTheNextBorrower() {
        try (Pool pool = Postgres.pool(
                PoolConfig.builder(TestServer.shared().dsn()).maxSize(1).build())) {
            AsyncPool async = pool.async();
            for (int i = 0; i < 4; i++) {
                AsyncConnection borrowed = async.connection().join();
                assertEquals(0, open(borrowed));
                AsyncServerCursor left = borrowed.cursor("c", ServerCursorOptions.DEFAULT.hold());
                left.execute(NUMBERS, 3).join();
                borrowed.close().join();
                fails(InterfaceException.class, () -> left.fetchOne().join());
                left.close().join();
            }
        }
    }
}
