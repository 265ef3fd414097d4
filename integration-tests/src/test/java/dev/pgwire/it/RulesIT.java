package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An INSERT whose rules select: the simple protocol gives each result, the extended one has no way to describe them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RulesIT {
    private Connection conn;

    private void connect(String extra) {
        conn = Postgres.connect(TestServer.shared().dsn(extra));
        conn.execute("CREATE TEMP TABLE ruled (a int)");
        conn.execute("CREATE RULE r1 AS ON INSERT TO ruled DO ALSO SELECT 1 AS one");
        conn.execute(
                "CREATE RULE r2 AS ON INSERT TO ruled DO ALSO SELECT 2 AS two, 'x' AS x FROM generate_series(1, 3)");
    }

    @BeforeEach
    void connect() {
        connect("");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private void holds(long rows) {
        assertEquals(rows, conn.execute("SELECT count(*) FROM ruled").fetchOne().getLong(0));
    }

    @Test
    void aSimpleQueryGivesEachResultInTurn() {
        Cursor cursor = conn.cursor().executeSimple("INSERT INTO ruled VALUES (1); SELECT 7");
        assertEquals("one", cursor.description().get(0).name());
        assertEquals(
                List.of("(1,)"),
                cursor.fetchAll().stream().map(Object::toString).toList());
        assertNull(cursor.statusMessage());
        assertTrue(cursor.nextSet());
        assertEquals(
                List.of("(2, 'x')", "(2, 'x')", "(2, 'x')"),
                cursor.fetchAll().stream().map(Object::toString).toList());
        assertEquals("INSERT 0 1", cursor.statusMessage());
        assertTrue(cursor.nextSet());
        assertEquals(7, cursor.fetchOne().getInt(0));
        assertFalse(cursor.nextSet());
        holds(1);
    }

    @Test
    void severalStatementsAtOnceGiveTheResultsOfTheRulesToo() {
        Cursor cursor = conn.execute("INSERT INTO ruled VALUES (1), (2); INSERT INTO ruled VALUES (3)");
        StringBuilder seen = new StringBuilder();
        do {
            seen.append(cursor.fetchAll().size())
                    .append(' ')
                    .append(cursor.statusMessage())
                    .append(';');
        } while (cursor.nextSet());
        assertEquals("2 null;6 INSERT 0 2;1 null;3 INSERT 0 1;", seen.toString());
        holds(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "prepare=never"})
    void theExtendedProtocolCountsAndLeavesTheRowsOut(String extra) {
        conn.close();
        connect(extra);
        Cursor plain = conn.execute("INSERT INTO ruled VALUES (1)");
        assertEquals("INSERT 0 1", plain.statusMessage());
        assertNull(plain.description());
        assertEquals(1, conn.execute("INSERT INTO ruled VALUES ($1)", 2).rowCount());
        assertEquals(
                2,
                conn.cursor()
                        .executeMany("INSERT INTO ruled VALUES ($1)", List.of(List.of(3), List.of(4)))
                        .rowCount());
        conn.insertMany("ruled", List.of("a"), List.of(List.of(5), List.of(6)));
        try (Pipeline pipeline = conn.pipeline()) {
            Cursor first = pipeline.execute("INSERT INTO ruled VALUES ($1)", 7);
            Cursor second = pipeline.execute("INSERT INTO ruled VALUES (8)");
            pipeline.sync();
            assertEquals(1, first.rowCount());
            assertEquals(1, second.rowCount());
        }
        holds(8);
    }
}
