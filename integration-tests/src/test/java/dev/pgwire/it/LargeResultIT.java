package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.ForeignKeyViolationException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that are read as they are consumed, and what else the connection does meanwhile. */
class LargeResultIT {
    private static final String MEGABYTES = "SELECT g, repeat('x', 100) FROM generate_series(1, 50000) g";
    /** More than is set aside whatever the heap: the bound is 64 MiB at most. */
    private static final String BEYOND_THE_BOUND = "SELECT g, repeat('x', 8000) FROM generate_series(1, 10000) g";

    private Connection conn;
    private Cursor cur;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        cur = conn.cursor();
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private void assertUsable() {
        assertEquals(42, conn.execute("SELECT 42").fetchAll().get(0).getInt(0));
    }

    @Test
    void twoCursorsInTurnsEachGetTheirOwnRows() {
        Cursor other = conn.cursor();
        cur.execute("SELECT g, repeat('a', 100) FROM generate_series(1, 40000) g");
        other.execute("SELECT -g, repeat('b', 100) FROM generate_series(1, 40000) g");
        for (int i = 1; i <= 40_000; i++) {
            assertTrue(cur.next());
            assertTrue(other.next());
            assertEquals(i, cur.getInt(0));
            assertEquals(-i, other.getInt(0));
        }
        assertFalse(cur.next());
        assertFalse(other.next());
    }

    @Test
    void manyCursorsMayBeHalfRead() {
        Cursor[] cursors = new Cursor[5];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = conn.execute(MEGABYTES);
            assertTrue(cursors[i].next());
        }
        for (Cursor cursor : cursors) {
            assertEquals(49_999, cursor.fetchAll().size());
        }
    }

    @Test
    void statementsRunInsideTheIterationOfAnother() {
        cur.execute("CREATE TEMP TABLE nested (id int, half int)");
        int outer = 0;
        for (Row row : conn.execute("SELECT g, repeat('x', 4000) FROM generate_series(1, 1000) g")) {
            outer++;
            int id = row.getInt(0);
            assertEquals(outer, id);
            for (Row inner : cur.execute("SELECT $1::int / 2 AS half", id)) {
                conn.execute("INSERT INTO nested VALUES ($1, $2)", id, inner.getInt("half"));
            }
        }
        assertEquals(1000, outer);
        Row sums = conn.execute("SELECT count(*), sum(half) FROM nested")
                .fetchAll()
                .get(0);
        assertEquals(1000, sums.getInt(0));
        assertEquals(250_000, sums.getInt(1));
    }

    @Test
    void twoLargeIterationsMayBeNested() {
        int outer = 0;
        for (Row row : cur.execute(MEGABYTES)) {
            if (++outer <= 3) {
                int inner = 0;
                for (Row other : conn.execute(MEGABYTES)) {
                    assertEquals(++inner, other.getInt(0));
                }
                assertEquals(50_000, inner);
            }
            assertEquals(outer, row.getInt(0));
        }
        assertEquals(50_000, outer);
    }

    @Test
    void whatIsTooLargeToSetAsideIsSaidAndBothGoOn() {
        cur.execute(BEYOND_THE_BOUND);
        assertTrue(cur.next());
        Cursor other = conn.cursor();
        String message = assertThrows(InterfaceException.class, () -> other.execute("SELECT 1"))
                .getMessage();
        assertTrue(String.valueOf(message).contains("another cursor"), message);
        int read = 1;
        while (cur.next()) {
            assertEquals(++read, cur.getInt(0));
        }
        assertEquals(10_000, read);
        assertEquals(1, other.execute("SELECT 1").fetchAll().size());
    }

    @Test
    void aSecondConnectionIsTheWayOut() {
        cur.execute(BEYOND_THE_BOUND);
        try (Connection second = Postgres.connect(TestServer.shared().dsn())) {
            assertTrue(cur.next());
            assertEquals(1, second.execute("SELECT 1").fetchAll().size());
            assertTrue(cur.next());
        }
    }

    @Test
    void closingALargeCursorMakesRoomForTheNext() {
        for (int i = 0; i < 3; i++) {
            try (Cursor large = conn.execute(BEYOND_THE_BOUND)) {
                assertTrue(large.next());
            }
            assertUsable();
        }
    }

    @Test
    void theSameCursorForgetsALargeRest() {
        cur.execute(BEYOND_THE_BOUND);
        assertTrue(cur.next());
        assertEquals(1, cur.execute("SELECT 1").fetchAll().size());
        cur.execute(MEGABYTES);
        assertTrue(cur.next());
        assertEquals(50_000, cur.execute(MEGABYTES).fetchAll().size());
    }

    @Test
    void rowCountOfWhatIsBeyondTheBoundIsUnknown() {
        cur.execute(BEYOND_THE_BOUND);
        assertTrue(cur.next());
        assertEquals(-1, cur.rowCount());
        assertNull(cur.statusMessage());
        int read = 1;
        while (cur.next()) {
            read++;
        }
        assertEquals(10_000, read);
        assertEquals(10_000, cur.rowCount());
        assertEquals("SELECT 10000", cur.statusMessage());
    }

    @Test
    void anErrorMidwaySurfacesAfterTheRowsBeforeIt() {
        cur.execute("SELECT g, repeat('x', 100), 1 / (30001 - g) FROM generate_series(1, 40000) g");
        int read = 0;
        DivisionByZeroException failure = null;
        try {
            for (Row row : cur) {
                assertEquals(++read, row.getInt(0));
            }
        } catch (DivisionByZeroException thrown) {
            failure = thrown;
        }
        assertEquals(30_000, read);
        assertTrue(failure != null);
        assertThrows(DivisionByZeroException.class, cur::next, "it does not look like an end afterwards");
        assertUsable();
    }

    @Test
    void anErrorMidwayReachesFetchAll() {
        cur.execute("SELECT g, repeat('x', 100), 1 / (30001 - g) FROM generate_series(1, 40000) g");
        assertThrows(DivisionByZeroException.class, cur::fetchAll);
        assertUsable();
    }

    @Test
    void anErrorThatCameWhileSetAsideSurfacesAtItsRow() {
        cur.execute("SELECT g, repeat('x', 100), 1 / (30001 - g) FROM generate_series(1, 40000) g");
        assertUsable();
        for (int i = 1; i <= 30_000; i++) {
            assertTrue(cur.next());
        }
        assertThrows(DivisionByZeroException.class, cur::next);
    }

    @Test
    void anErrorInTheRestSurfacesWhenTheCursorIsClosed() {
        cur.execute("SELECT g, repeat('x', 100), 1 / (30001 - g) FROM generate_series(1, 40000) g");
        assertTrue(cur.next());
        assertThrows(DivisionByZeroException.class, cur::close);
        assertTrue(cur.isClosed());
        assertUsable();
    }

    @Test
    void aFailureAtCommitSurfacesForASmallResult() {
        deferredConstraint();
        assertThrows(
                ForeignKeyViolationException.class, () -> cur.execute("INSERT INTO child VALUES (1) RETURNING parent"));
        assertEquals(0, conn.execute("SELECT * FROM child").fetchAll().size());
    }

    @Test
    void aFailureAtCommitSurfacesAtTheEndOfALargeResult() {
        deferredConstraint();
        cur.execute("INSERT INTO child SELECT g FROM generate_series(1, 2000) g RETURNING parent, repeat('x', 100)");
        int read = 0;
        try {
            while (cur.next()) {
                read++;
            }
            read = -1;
        } catch (ForeignKeyViolationException expected) {
            assertEquals(2000, read);
        }
        assertEquals(2000, read);
        assertEquals(0, conn.execute("SELECT * FROM child").fetchAll().size());
    }

    private void deferredConstraint() {
        cur.execute("CREATE TEMP TABLE parent (id int PRIMARY KEY)");
        cur.execute("CREATE TEMP TABLE child (parent int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
    }
}
