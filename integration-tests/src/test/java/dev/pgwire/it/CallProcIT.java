package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.UndefinedFunctionException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of functions and procedures. */
class CallProcIT {
    private static final String SCHEMA = "call it.s";
    private static final String IN_SCHEMA = "\"call it.s\".";

    private Connection conn;

    @BeforeEach
    void create() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE SCHEMA \"" + SCHEMA + "\"");
        conn.execute("SET search_path = \"" + SCHEMA + "\"");
        conn.execute("CREATE FUNCTION add(a int, b int DEFAULT 10) RETURNS int LANGUAGE sql AS 'SELECT a + b'");
        conn.execute("CREATE FUNCTION \"Two Rows\"(OUT x int, OUT y text) RETURNS SETOF record LANGUAGE sql AS"
                + " $$ VALUES (1, 'a'), (2, 'b') $$");
        conn.execute("CREATE PROCEDURE divide(a int, INOUT b int, INOUT rest int DEFAULT NULL) LANGUAGE plpgsql AS"
                + " 'BEGIN rest := a % b; b := a / b; END'");
    }

    @AfterEach
    void drop() {
        conn.rollback();
        conn.execute("DROP SCHEMA \"" + SCHEMA + "\" CASCADE");
        conn.close();
    }

    private static String only(Cursor cursor) {
        return cursor.fetchSingle().toString();
    }

    @Test
    void aFunctionIsCalled() {
        for (int i = 0; i < 3; i++) {
            assertEquals("(3,)", only(conn.callProc("add", 1, 2)));
        }
        assertEquals("(11,)", only(conn.callProc("add", 1)));
        assertEquals("(null,)", only(conn.callProc("add", 1, null)));
        assertEquals("(5,)", only(conn.callProc("add", Map.of("b", 2, "a", 3))));
        assertEquals("(13,)", only(conn.callProc("add", Map.of("a", 3))));
        assertEquals(
                "[(1, 'a'), (2, 'b')]", conn.callProc("Two Rows").fetchAll().toString());
        assertEquals(
                2,
                conn.cursor()
                        .callProc(IN_SCHEMA + "Two Rows", Map.of())
                        .fetchAll()
                        .size());
        assertEquals("(4,)", only(conn.callProc("pg_catalog.abs", -4)));
    }

    @Test
    void aProcedureIsCalledAndItsRowComesBack() {
        assertEquals("(3, 1)", only(conn.callProc("divide", 7, 2, null)));
        assertEquals("(3, 1)", only(conn.callProc(IN_SCHEMA + "divide", 7, 2)));
        assertEquals("(3, 1)", only(conn.callProc("divide", Map.of("a", 7, "b", 2))));
        Map<String, @Nullable Object> all = new HashMap<>();
        all.put("rest", null);
        all.put("b", 2);
        all.put("a", 7);
        assertEquals("(3, 1)", only(conn.callProc("divide", all)));
        conn.transaction(tx -> assertEquals("(2, 0)", only(tx.callProc("divide", 4, 2))));
    }

    @Test
    void aTemporaryProcedureIsCalled() {
        conn.execute("CREATE PROCEDURE pg_temp.twice(INOUT n int) LANGUAGE plpgsql AS 'BEGIN n := 2 * n; END'");
        assertEquals("(8,)", only(conn.callProc("pg_temp.twice", 4)));
        assertThrows(UndefinedFunctionException.class, () -> conn.callProc("pg_temp.missing"));
    }

    /** Servers from 14 on have procedures with parameters that only give something out. */
    @Test
    void anOutParameterNeedsNoValue() {
        if (TestServer.shared().majorVersion() < 14) {
            return;
        }
        conn.execute("CREATE PROCEDURE out_only(OUT x int, a int, OUT y text) LANGUAGE plpgsql AS"
                + " $$ BEGIN x := a + 1; y := 'y'; END $$");
        assertEquals("(8, 'y')", only(conn.callProc("out_only", 7)));
        assertEquals("(8, 'y')", only(conn.callProc("out_only", null, 7, null)));
        assertEquals("(8, 'y')", only(conn.callProc("out_only", Map.of("a", 7))));
    }

    @Test
    void aCursorsNameComesBack() {
        conn.execute("CREATE FUNCTION opens() RETURNS refcursor LANGUAGE plpgsql AS"
                + " $$ DECLARE c refcursor := 'opened'; BEGIN OPEN c FOR VALUES (1), (2); RETURN c; END $$");
        conn.transaction(tx -> {
            assertEquals("opened", tx.callProc("opens").fetchSingle().getString(0));
            List<Row> rows = tx.execute("FETCH ALL FROM opened").fetchAll();
            assertEquals("[(1,), (2,)]", rows.toString());
        });
    }

    @Test
    void whatCannotBeCalledIsTheServersToRefuse() {
        assertThrows(UndefinedFunctionException.class, () -> conn.callProc("missing", 1));
        assertThrows(UndefinedFunctionException.class, () -> conn.callProc("Add", 1));
        assertThrows(UndefinedFunctionException.class, () -> conn.callProc("add", Map.of("c", 1)));
        assertThrows(DatabaseException.class, () -> conn.callProc("add", "x", 2));
        String message = assertThrows(InterfaceException.class, () -> conn.callProc("a.b.c"))
                .getMessage();
        assertTrue(
                message.startsWith("the function or procedure is given as a.b.c, expected name or schema.name"),
                message);
        assertThrows(InterfaceException.class, () -> conn.callProc(""));
        assertEquals("(3,)", only(conn.callProc("add", 1, 2)));
    }

    /** A call that fails because of that has the server asked once more the next time. */
    @Test
    void aFunctionMayBecomeAProcedure() {
        assertEquals("(3,)", only(conn.callProc("add", 1, 2)));
        conn.execute("DROP FUNCTION add");
        conn.execute("CREATE PROCEDURE add(a int, INOUT b int) LANGUAGE plpgsql AS 'BEGIN b := -1; END'");
        assertThrows(DatabaseException.class, () -> conn.callProc("add", 1, 2));
        assertEquals("(-1,)", only(conn.callProc("add", 1, 2)));
    }

    @Test
    void aCallBeginsTheTransactionThatIsDue() {
        conn.autocommit(false);
        assertEquals("(3,)", only(conn.callProc("add", 1, 2)));
        assertTrue(conn.inTransaction());
        conn.rollback();
        conn.autocommit(true);
    }

    @Test
    void theAsynchronousFaceDoesTheSame() throws Exception {
        AsyncConnection async = Postgres.connectAsync(TestServer.shared().dsn()).get();
        assertEquals(3, async.callProc(IN_SCHEMA + "add", 1, 2).get().scalar(Integer.class));
        assertEquals(
                5,
                async.callProc(IN_SCHEMA + "add", Map.of("a", 2, "b", 3)).get().scalar(Integer.class));
        assertEquals(
                "(3, 1)",
                async.transaction(tx -> tx.callProc(IN_SCHEMA + "divide", 7, 2))
                        .get()
                        .single()
                        .toString());
        async.close().get();
    }
}
