package dev.pgwire.dbapi;

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
import dev.pgwire.config.Config;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The named cursors of psycopg2. */
class DbApiServerCursorIT {
    private static final String TEN = "SELECT generate_series(1, 10)";

    private final StringBuffer trace = new StringBuffer();
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(
                Config.parse(TestServer.shared().dsn()).toBuilder().trace(trace).build());
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    @Test
    @Psycopg("cursor.name")
    void aCursorWithANameIsKeptByTheServer() {
        conn.transaction(tx -> {
            try (ServerCursor cur = tx.cursor("Ten rows")) {
                assertEquals("Ten rows", cur.name());
                cur.execute("SELECT g FROM generate_series(1, $1) g", 10);
                assertEquals(
                        "('Ten rows',)",
                        tx.execute("SELECT name FROM pg_cursors WHERE name = 'Ten rows'")
                                .fetchSingle()
                                .toString());
                assertEquals("(1,)", cur.fetchOne().toString());
                assertEquals("[(2,), (3,)]", cur.fetchMany(2).toString());
                assertEquals(7, cur.fetchAll().size());
                assertNull(cur.fetchOne());
            }
            assertEquals(
                    0,
                    tx.execute("SELECT name FROM pg_cursors WHERE name = 'Ten rows'")
                            .rowCount());
        });
    }

    @Test
    @Psycopg("behaviour 4")
    void itNeedsATransactionUnlessItIsHeld() {
        try (ServerCursor cur = conn.cursor("ten")) {
            String message = assertThrows(InterfaceException.class, () -> cur.execute(TEN))
                    .getMessage();
            assertTrue(message.contains("expected"), message);
        }
        ServerCursor begun = conn.begin().cursor("ten");
        begun.execute(TEN).fetchOne();
        conn.commit();
        assertThrows(PgException.class, begun::fetchOne);
    }

    @Test
    @Psycopg("cursor.withhold")
    void oneThatIsHeldOutlivesItsTransaction() {
        conn.autocommit(false);
        ServerCursor cur = conn.cursor("held", ServerCursorOptions.DEFAULT.hold());
        assertTrue(cur.isHold());
        assertFalse(conn.cursor("other").isHold());
        cur.execute(TEN).fetchOne();
        conn.commit();
        assertEquals("(2,)", cur.fetchOne().toString());
        cur.close();
        conn.rollback();
    }

    /** Where psycopg2 raises an error of its own, scroll says whether there is a row. */
    @Test
    @Psycopg({"cursor.scroll", "cursor.scrollable"})
    void itIsScrolledBothWays() {
        conn.transaction(tx -> {
            ServerCursor cur = tx.cursor("ten", ServerCursorOptions.DEFAULT.scroll());
            assertTrue(cur.isScrollable());
            cur.execute(TEN);
            assertEquals("[(1,), (2,), (3,)]", cur.fetchMany(3).toString());
            assertTrue(cur.scroll(-2, ScrollMode.RELATIVE));
            assertEquals(1, cur.rowNumber());
            assertEquals("(2,)", cur.fetchOne().toString());
            assertTrue(cur.scroll(3, ScrollMode.RELATIVE));
            assertEquals("(6,)", cur.fetchOne().toString());
            assertTrue(cur.scroll(8, ScrollMode.ABSOLUTE));
            assertEquals("[(9,), (10,)]", cur.fetchAll().toString());
            assertFalse(cur.scroll(100, ScrollMode.ABSOLUTE));
            assertNull(cur.fetchOne());
            assertFalse(cur.scroll(0, ScrollMode.ABSOLUTE));
            assertEquals("(1,)", cur.fetchOne().toString());
        });
    }

    /** As many rows go into a FETCH of an iteration; 2,000 of them unless the program says otherwise. */
    @Test
    @Psycopg("cursor.itersize")
    void anIterationFetchesAsManyRowsAsItersizeSays() {
        conn.transaction(tx -> {
            ServerCursor cur = tx.cursor("ten");
            assertEquals(2_000, cur.itersize());
            cur.itersize(4);
            cur.execute(TEN);
            trace.setLength(0);
            List<Integer> read = new ArrayList<>();
            for (Row row : cur) {
                read.add(row.getInt(0));
            }
            assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), read);
            assertEquals(3, trace.toString().split("\tExecute\t", -1).length - 1, trace.toString());
        });
    }

    /** {@code conn.cursor('name')} of psycopg2 takes over a cursor that SQL has declared. */
    @Test
    @Psycopg("connection.cursor")
    void aCursorThatSqlHasOpenedIsTakenOver() {
        conn.transaction(tx -> {
            tx.execute("DECLARE elsewhere CURSOR FOR " + TEN);
            tx.execute("MOVE 2 FROM elsewhere");
            assertEquals("(3,)", tx.cursor("elsewhere").fetchOne().toString());
        });
    }
}
