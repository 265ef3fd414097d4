package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.error.SqlState;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that the server keeps prepared: how many there are, and what happens when they go away or change. */
class StatementCacheIT {
    private static final int CAPACITY = 256;

    private Connection conn;
    private Connection other;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        other = Postgres.connect(TestServer.shared().dsn());
        other.execute("DROP TABLE IF EXISTS cached");
        other.execute("CREATE TABLE cached (id int)");
        other.execute("INSERT INTO cached VALUES (1)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
        other.execute("DROP TABLE cached");
        other.close();
    }

    private long one(String sql, Object... values) {
        return conn.execute(sql, values).fetchAll().get(0).getLong(0);
    }

    private long prepared() {
        return one("SELECT count(*) FROM pg_prepared_statements");
    }

    @Test
    void theServerKeepsABoundedNumberOfStatements() {
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, one("SELECT $1::int + " + i, 0));
            assertEquals(i + 1, one("SELECT $1::int + " + i, 1));
        }
        long prepared = prepared();
        assertTrue(prepared <= CAPACITY, prepared + " statements");
        assertTrue(prepared > CAPACITY / 2, prepared + " statements");
    }

    @Test
    void whatIsRunOnceIsNotKept() {
        for (int i = 0; i < 100; i++) {
            assertEquals(i, one("SELECT $1::int + " + i, 0));
            assertEquals(i, one("SELECT " + i));
            assertEquals(i, one("SELECT " + i));
        }
        assertEquals(0, prepared());
    }

    /** Each took 9 MB of the server's memory when it was kept. */
    @Test
    void whatIsLargeIsNotKept() {
        String large = " /* " + "x".repeat(300 * 1024) + " */";
        for (int i = 0; i < 60; i++) {
            String sql = "INSERT INTO cached SELECT $1::int + " + i + " WHERE false" + large;
            for (int run = 0; run < 3; run++) {
                conn.execute(sql, run);
            }
        }
        assertEquals(0, prepared());
        long bytes = conn.execute("SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts")
                .fetchOne()
                .getLong(0);
        assertTrue(bytes < 64L << 20, bytes + " bytes");
    }

    @Test
    void theSizeOfAllThatIsKeptIsBounded() {
        String large = " /* " + "x".repeat(15 * 1024) + " */";
        for (int i = 0; i < 100; i++) {
            String sql = "SELECT $1::int + " + i + large;
            assertEquals(i, one(sql, 0));
            assertEquals(i, one(sql, 0));
        }
        long bytes = conn.execute("SELECT sum(length(statement))::bigint FROM pg_prepared_statements")
                .fetchOne()
                .getLong(0);
        assertTrue(bytes <= 512 * 1024, bytes + " bytes");
        assertTrue(bytes > 256 * 1024, bytes + " bytes");
    }

    @Test
    void whatIsUsedOftenIsPreparedOnce() {
        String often = "SELECT $1::int + 1";
        String named = "SELECT name FROM pg_prepared_statements WHERE statement = $1";
        one(often, 0);
        one(often, 0);
        String name = conn.execute(named, often).fetchAll().get(0).getString(0);
        for (int i = 0; i < 3 * CAPACITY; i++) {
            assertEquals(i, one("SELECT " + i + " + $1", 0));
            assertEquals(i, one("SELECT " + i + " + $1", 0));
            assertEquals(i + 1, one(often, i));
        }
        List<Row> rows = conn.execute(named, often).fetchAll();
        assertEquals(1, rows.size());
        assertEquals(name, rows.get(0).getString(0));
    }

    @Test
    void aStatementWhoseColumnsChangeHealsOutsideATransaction() {
        String sql = "SELECT * FROM cached";
        assertEquals("[(1,)]", conn.execute(sql).fetchAll().toString());
        other.execute("ALTER TABLE cached ADD COLUMN name text DEFAULT 'a'");
        assertEquals("[(1, 'a')]", conn.execute(sql).fetchAll().toString());
        other.execute("ALTER TABLE cached ALTER COLUMN id TYPE text");
        assertEquals("[('1', 'a')]", conn.execute(sql).fetchAll().toString());
        other.execute("ALTER TABLE cached DROP COLUMN name");
        assertEquals("[('1',)]", conn.execute(sql).fetchAll().toString());
    }

    @Test
    void aKeptStatementWhoseColumnsChangeHealsOutsideATransaction() {
        String sql = "SELECT * FROM cached WHERE $1::int IS NOT NULL";
        for (int i = 0; i < 3; i++) {
            assertEquals("[(1,)]", conn.execute(sql, i).fetchAll().toString());
        }
        other.execute("ALTER TABLE cached ADD COLUMN name text DEFAULT 'a'");
        assertEquals("[(1, 'a')]", conn.execute(sql, 1).fetchAll().toString());
        other.execute("ALTER TABLE cached ALTER COLUMN id TYPE text");
        for (int i = 0; i < 3; i++) {
            assertEquals("[('1', 'a')]", conn.execute(sql, i).fetchAll().toString());
        }
        other.execute("ALTER TABLE cached DROP COLUMN name");
        assertEquals("[('1',)]", conn.execute(sql, 1).fetchAll().toString());
    }

    @Test
    void aStatementWhoseColumnsChangeIsOneErrorInsideATransaction() {
        String sql = "SELECT * FROM cached WHERE $1::int IS NOT NULL";
        for (int i = 0; i < 3; i++) {
            conn.execute(sql, i);
        }
        other.execute("ALTER TABLE cached ADD COLUMN name text DEFAULT 'a'");
        conn.begin();
        assertEquals(1, one("SELECT 1"));
        NotSupportedException stale = assertThrows(NotSupportedException.class, () -> conn.execute(sql, 1));
        assertTrue(String.valueOf(stale.getMessage()).contains("cached plan must not change"), stale.getMessage());
        assertThrows(InFailedTransactionException.class, () -> conn.execute("SELECT 1"));
        conn.rollback();
        assertEquals("[(1, 'a')]", conn.execute(sql, 1).fetchAll().toString());
    }

    /** Nothing has happened in it but its BEGIN. */
    @Test
    void theFirstStatementOfATransactionHealsToo() {
        String sql = "SELECT * FROM cached WHERE $1::int IS NOT NULL";
        for (int i = 0; i < 3; i++) {
            conn.execute(sql, i);
        }
        other.execute("ALTER TABLE cached ADD COLUMN name text DEFAULT 'a'");
        conn.transaction(tx -> {
            assertEquals("[(1, 'a')]", tx.execute(sql, 1).fetchAll().toString());
            tx.execute("INSERT INTO cached VALUES (2)");
        });
        assertEquals(2, one("SELECT count(*) FROM cached"));
    }

    @Test
    void whatTheSessionItselfChangesIsNoErrorAtAll() {
        String sql = "SELECT * FROM cached";
        conn.execute(sql);
        conn.transaction(tx -> {
            tx.execute("ALTER TABLE cached ADD COLUMN name text DEFAULT 'b'");
            assertEquals("[(1, 'b')]", tx.execute(sql).fetchAll().toString());
        });
        String insert = "INSERT INTO cached VALUES ($1, $2)";
        conn.execute(insert, 2, "text");
        conn.execute("DROP TABLE cached");
        conn.execute("CREATE TABLE cached (id text, name int)");
        conn.execute(insert, "now a text", 3);
        assertEquals("[('now a text', 3)]", conn.execute(sql).fetchAll().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISCARD ALL", "DEALLOCATE ALL", "deallocate prepare all", "/* so */ Discard All"})
    void whoTakesAllStatementsAwayHarmsNobody(String sql) {
        String select = "SELECT $1::int";
        assertEquals(5, one(select, 5));
        conn.execute(sql);
        assertEquals(6, one(select, 6));
        conn.cursor().executeSimple(sql);
        conn.begin();
        assertEquals(7, one(select, 7));
        conn.rollback();
    }

    /** The text of the statement does not show it. */
    @Test
    void statementsThatVanishUnseenHealOutsideATransaction() {
        String select = "SELECT $1::int";
        assertEquals(4, one(select, 4));
        assertEquals(5, one(select, 5));
        vanish();
        assertEquals(6, one(select, 6));
        assertEquals(7, one(select, 7));
    }

    /** A function does it, of which the driver knows nothing. */
    private void vanish() {
        other.execute("CREATE OR REPLACE FUNCTION vanish() RETURNS int LANGUAGE plpgsql AS"
                + " $do$ BEGIN EXECUTE 'DEAL' || 'LOCATE ALL'; RETURN 1; END $do$");
        assertEquals(1, one("SELECT vanish()"));
    }

    @Test
    void statementsThatVanishUnseenAreOneErrorInsideATransaction() {
        String select = "SELECT $1::int";
        assertEquals(4, one(select, 4));
        assertEquals(5, one(select, 5));
        vanish();
        conn.begin();
        assertEquals(1, one("SELECT 1"));
        DatabaseException lost = assertThrows(DatabaseException.class, () -> conn.execute(select, 6));
        assertEquals(SqlState.INVALID_SQL_STATEMENT_NAME, lost.sqlState());
        assertTrue(String.valueOf(lost.getMessage()).contains("prepare=never"), lost.getMessage());
        conn.rollback();
        conn.begin();
        assertEquals(6, one(select, 6));
        conn.commit();
    }

    @Test
    void aDeallocateThatFailsLeavesNoStatementsBehind() {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 100; i++) {
                one("SELECT " + (100 * round + i));
            }
            assertThrows(DatabaseException.class, () -> conn.execute("DEALLOCATE nothing_of_this_name"));
            conn.cursor().executeSimple("SELECT 'discard'");
        }
        long prepared = prepared();
        assertTrue(prepared <= CAPACITY, prepared + " statements");
    }

    /** The sets may be gone by then, so that executeMany cannot try again by itself. */
    @Test
    void executeManyHealsAfterOneErrorAtMost() {
        String insert = "INSERT INTO cached VALUES ($1)";
        conn.cursor().executeMany(insert, List.of(List.of(2), List.of(3)));
        vanish();
        try {
            conn.cursor().executeMany(insert, List.of(List.of(4), List.of(5)));
        } catch (DatabaseException lost) {
            assertEquals(SqlState.INVALID_SQL_STATEMENT_NAME, lost.sqlState());
            assertEquals(3, one("SELECT count(*) FROM cached"));
            conn.cursor().executeMany(insert, List.of(List.of(4), List.of(5)));
        }
        assertEquals(5, one("SELECT count(*) FROM cached"));
    }

    @Test
    void aStatementThatCannotBePreparedIsNotKept() {
        for (int i = 0; i < 3; i++) {
            assertThrows(ProgrammingException.class, () -> conn.execute("SELECT * FROM nowhere_to_be_found"));
        }
        conn.execute("CREATE TEMP TABLE nowhere_to_be_found (id int)");
        assertTrue(conn.execute("SELECT * FROM nowhere_to_be_found").fetchAll().isEmpty());
        assertFalse(conn.inTransaction());
    }

    @Test
    void valuesThatDoNotFitLeaveNoStatementsBehind() {
        for (int i = 0; i < 600; i++) {
            String sql = "SELECT $1::int + " + i;
            assertThrows(RuntimeException.class, () -> conn.execute(sql, Long.MAX_VALUE));
        }
        long prepared = prepared();
        assertTrue(prepared <= CAPACITY, prepared + " statements");
    }
}
