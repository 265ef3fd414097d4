package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** COPY from and to the client has no place in execute: it is refused, and the connection goes on. */
class CopyRefusalIT {
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TEMP TABLE copied AS SELECT g FROM generate_series(1, 1000) g");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY copied FROM STDIN",
                "COPY copied TO STDOUT",
                "COPY copied FROM STDIN (FORMAT binary)",
                "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 20000)) TO STDOUT"
            })
    void copyIsRefusedAndTheConnectionIsUsable(String sql) {
        Cursor cur = conn.cursor();
        for (int i = 0; i < 3; i++) {
            assertRefused(assertThrows(NotSupportedException.class, () -> cur.execute(sql)), sql);
            assertUsable(1000);
            assertRefused(assertThrows(NotSupportedException.class, () -> cur.executeSimple(sql)), sql);
            assertUsable(1000);
            assertRefused(
                    assertThrows(NotSupportedException.class, () -> cur.execute("SELECT 1; " + sql + "; SELECT 2")),
                    sql);
            assertUsable(1000);
        }
    }

    private static void assertRefused(NotSupportedException refused, String sql) {
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(sql.contains("STDIN") ? "COPY FROM STDIN" : "COPY TO STDOUT"), message);
    }

    private void assertUsable(int rows) {
        assertFalse(conn.isClosed());
        assertEquals(
                rows,
                conn.execute("SELECT count(*) FROM copied").fetchAll().get(0).getInt(0));
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
    }

    @Test
    void copyFromInATransactionFailsIt() {
        conn.begin();
        conn.execute("DELETE FROM copied");
        assertThrows(NotSupportedException.class, () -> conn.execute("COPY copied FROM STDIN"));
        assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
        conn.rollback();
        assertUsable(1000);
    }

    @Test
    void copyAsOneOfManyIsRefused() {
        for (String sql : List.of("COPY copied FROM STDIN", "COPY copied TO STDOUT")) {
            Cursor cur = conn.cursor();
            assertThrows(PgException.class, () -> cur.executeMany(sql, List.of(List.of(), List.of())));
            assertUsable(1000);
        }
    }
}
