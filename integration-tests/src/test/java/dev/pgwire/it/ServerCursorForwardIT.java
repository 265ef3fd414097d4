package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.ScrollMode;
import dev.pgwire.ServerCursor;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.Transaction;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.testkit.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor that goes forward only: the server, which is ahead of the reader, must not be moved back. */
class ServerCursorForwardIT {
    private Connection conn;
    private Transaction tx;

    @BeforeEach
    void begin() {
        conn = Postgres.connect(TestServer.shared().dsn());
        tx = conn.begin();
    }

    @AfterEach
    void end() {
        conn.close();
    }

    private ServerCursor numbers(int itersize) {
        ServerCursor cur =
                tx.cursor("forward", ServerCursorOptions.DEFAULT.noScroll().itersize(itersize));
        return cur.execute("SELECT g FROM generate_series(1, 100) g");
    }

    private static void assertNext(int expected, ServerCursor cur) {
        assertTrue(cur.next());
        assertEquals(expected, cur.getInt(0));
        assertEquals(expected, cur.rowNumber());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10, 20, 99, 100, 101, 2000})
    void forwardIsForwardWhateverWasFetched(int itersize) {
        ServerCursor cur = numbers(itersize);
        assertNext(1, cur);
        assertTrue(cur.scroll(1, ScrollMode.RELATIVE));
        assertEquals(2, cur.rowNumber());
        assertNext(3, cur);
        assertTrue(cur.scroll(6, ScrollMode.RELATIVE));
        assertNext(10, cur);
        assertTrue(cur.scroll(10, ScrollMode.ABSOLUTE));
        assertTrue(cur.scroll(0, ScrollMode.RELATIVE));
        assertNext(11, cur);
        assertTrue(cur.scroll(50, ScrollMode.ABSOLUTE));
        assertNext(51, cur);
        assertTrue(cur.scroll(48, ScrollMode.RELATIVE));
        assertNext(100, cur);
        assertFalse(cur.scroll(1, ScrollMode.RELATIVE));
        assertNull(cur.fetchOne());
        assertFalse(cur.scroll(7, ScrollMode.RELATIVE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 2000})
    void beyondTheEndIsFalse(int itersize) {
        ServerCursor cur = numbers(itersize);
        assertNext(1, cur);
        assertFalse(cur.scroll(1000, ScrollMode.RELATIVE));
        assertNull(cur.fetchOne());
        cur.close();
        cur = numbers(itersize);
        assertNext(1, cur);
        assertFalse(cur.scroll(101, ScrollMode.ABSOLUTE));
        assertNull(cur.fetchOne());
        cur.close();
        cur = numbers(itersize);
        assertEquals(100, cur.fetchAll().size());
        assertFalse(cur.scroll(1, ScrollMode.RELATIVE));
    }

    @Test
    void backwardsIsTheServersToRefuse() {
        ServerCursor cur = numbers(10);
        assertNext(1, cur);
        assertNext(2, cur);
        assertEquals(
                "55000",
                assertThrows(DatabaseException.class, () -> cur.scroll(-1, ScrollMode.RELATIVE))
                        .sqlState());
    }
}
