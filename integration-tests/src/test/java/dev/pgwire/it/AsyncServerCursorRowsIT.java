package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.ScrollMode;
import dev.pgwire.ServerCursor;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncServerCursor;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.row.RowMapper;
import dev.pgwire.sql.Literal;
import dev.pgwire.sql.Sql;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the rows of a cursor of the server become, and what it tells of itself. */
@Timeout(60)
class AsyncServerCursorRowsIT {
    private static final ServerCursorOptions SCROLL = ServerCursorOptions.DEFAULT.scroll();
    private static final String NUMBERS = "SELECT g FROM generate_series(1, $1::int) g";
    private static final RowMapper<Integer> DOUBLED = row -> row.getInt(0) * 2;

    private AsyncConnection conn;
    private AsyncTransaction tx;
    private AsyncServerCursor cur;

    private record Number(int g) {}

    @BeforeEach
    void connect() throws Exception {
        conn = get(Postgres.connectAsync(TestServer.shared().dsn()));
        tx = get(conn.begin());
        cur = tx.cursor("c", SCROLL);
    }

    @AfterEach
    void disconnect() throws Exception {
        get(conn.close());
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private boolean goTo(int row) throws Exception {
        return get(cur.scroll(row, ScrollMode.ABSOLUTE));
    }

    @Test
    void theyBecomeRecordsAndWhatMappersMakeOfThem() throws Exception {
        get(cur.execute(NUMBERS, 12));
        assertEquals(new Number(1), get(cur.fetchOne(Number.class)));
        assertEquals(4, get(cur.fetchOne(DOUBLED)));
        assertEquals(3, get(cur.fetchOptional()).orElseThrow().getInt(0));
        assertEquals(new Number(4), get(cur.fetchOptional(Number.class)).orElseThrow());
        assertEquals(10, get(cur.fetchOptional(DOUBLED)).orElseThrow());
        assertEquals(List.of(new Number(6), new Number(7)), get(cur.fetchMany(2, Number.class)));
        assertEquals(List.of(16), get(cur.fetchMany(1, DOUBLED)));
        assertEquals(9, get(cur.fetchScalar(Integer.class)));
        assertEquals(11, get(cur.fetchColumns(2)).ints(0)[1]);
        assertEquals(12, get(cur.fetchSingle()).getInt(0));
        assertNull(get(cur.fetchColumns(1)));
        assertNull(get(cur.fetchOne(Number.class)));
        assertNull(get(cur.fetchOne(DOUBLED)));
        assertTrue(get(cur.fetchOptional(DOUBLED)).isEmpty());
        assertInstanceOf(
                ProgrammingException.class,
                assertThrows(CompletionException.class, () -> cur.fetchSingle().join())
                        .getCause());
        assertTrue(goTo(11));
        assertEquals(new Number(12), get(cur.fetchSingle(Number.class)));
        assertTrue(goTo(11));
        assertEquals(24, get(cur.fetchSingle(DOUBLED)));
        assertTrue(goTo(10));
        assertEquals(List.of(22, 24), get(cur.fetchAll(DOUBLED)));
        assertTrue(goTo(11));
        assertEquals(List.of(new Number(12)), get(cur.fetchAll(Number.class)));
        assertTrue(goTo(11));
        assertEquals(List.of(new Number(12)), get(RowSubscriber.all(cur.stream(Number.class)).end));
        assertTrue(goTo(11));
        assertEquals(List.of(24), get(RowSubscriber.all(cur.stream(DOUBLED)).end));
    }

    @Test
    void itTellsWhatWasRunAndHowFarItHasCome() throws Exception {
        assertNull(cur.query());
        assertNull(cur.statusMessage());
        assertEquals(-1, cur.rowCount());
        assertEquals(-1, cur.rowNumber());
        get(cur.execute(Sql.of("SELECT g FROM generate_series(1, {}) g").format(Literal.of(12))));
        assertEquals("SELECT g FROM generate_series(1, 12) g", cur.query());
        assertEquals("DECLARE CURSOR", cur.statusMessage());
        assertEquals(-1, cur.rowCount());
        assertEquals(0, cur.rowNumber());
        get(cur.fetchMany(5));
        assertEquals("FETCH 5", cur.statusMessage());
        assertEquals(5, cur.rowCount());
        assertEquals(5, cur.rowNumber());
        get(cur.fetchAll());
        assertEquals("FETCH 7", cur.statusMessage());
        assertEquals(12, cur.rowNumber());
        // Behind its end, as the server has it.
        assertTrue(get(cur.scroll(-2, ScrollMode.RELATIVE)));
        assertEquals(11, cur.rowNumber());
        get(RowSubscriber.all(cur.stream()).end);
        assertEquals(-1, cur.rowNumber());
        assertFalse(cur.isClosed());
        get(cur.close());
        assertTrue(cur.isClosed());
    }

    /** Wherever it is known, it is what the server would fetch there. */
    @Test
    void itsRowNumberIsThatOfTheServer() throws Exception {
        get(cur.execute(NUMBERS, 3));
        for (int by : new int[] {2, 1, 1, -1, -1, 5, -2, -9, 1}) {
            if (get(cur.scroll(by, ScrollMode.RELATIVE)) && cur.rowNumber() >= 0) {
                assertEquals(
                        cur.rowNumber(),
                        get(tx.execute("FETCH RELATIVE 0 FROM c")).scalar(Long.class));
            }
        }
        assertEquals(1, cur.rowNumber());
    }

    @Test
    void theBlockingOneTellsTheSame() {
        try (Connection blocking = Postgres.connect(TestServer.shared().dsn())) {
            blocking.transaction(block -> {
                ServerCursor cursor = block.cursor("c", SCROLL);
                assertNull(cursor.query());
                assertNull(cursor.statusMessage());
                assertEquals(-1, cursor.rowCount());
                cursor.execute(NUMBERS, 12);
                assertEquals(NUMBERS, cursor.query());
                assertEquals("DECLARE CURSOR", cursor.statusMessage());
                assertEquals(-1, cursor.rowCount());
                cursor.fetchMany(5);
                assertEquals("FETCH 5", cursor.statusMessage());
                assertEquals(5, cursor.rowCount());
                cursor.fetchAll();
                assertEquals("FETCH 7", cursor.statusMessage());
                assertEquals(7, cursor.rowCount());
            });
        }
    }
}
