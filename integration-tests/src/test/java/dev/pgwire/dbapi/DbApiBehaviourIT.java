package dev.pgwire.dbapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What users of psycopg2 rely on, by number:
 *
 * <ol>
 *   <li>without autocommit, the first statement begins a transaction
 *   <li>after an error every statement fails until the rollback
 *   <li>the count of a SELECT is its rows
 *   <li>a named cursor needs a transaction, unless it is WITH HOLD: {@link DbApiServerCursorIT}
 *   <li>a fetch without a result is an error
 *   <li>a percent sign needs to be doubled only where there are parameters
 *   <li>closing a connection rolls back
 *   <li>types of the server have the natural type of the language
 *   <li>infinite dates arrive
 *   <li>24:00 is no 00:00
 *   <li>threads may share a connection: {@link DbApiModuleIT}
 *   <li>a SELECT leaves a transaction open
 *   <li>the tag of the server and the last SQL can be had: {@link DbApiCursorIT}
 *   <li>several statements in one string have results
 *   <li>the last fifty notices are kept: {@link DbApiConnectionIT}
 * </ol>
 */
class DbApiBehaviourIT {
    private final StringBuffer trace = new StringBuffer();
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(
                Config.parse(TestServer.shared().dsn()).toBuilder().trace(trace).build());
        conn.execute("CREATE TABLE dbapi_b (n int)");
        trace.setLength(0);
    }

    @AfterEach
    void disconnect() {
        conn.close();
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            other.execute("DROP TABLE dbapi_b");
        }
    }

    private static long stored() {
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            return other.execute("SELECT count(*) FROM dbapi_b").fetchOne().getLong(0);
        }
    }

    private static String only(Cursor cursor) {
        return cursor.fetchSingle().toString();
    }

    /** What was sent before the server said anything. */
    private String sentFirst() {
        StringBuilder sent = new StringBuilder();
        for (String line : trace.toString().split("\n")) {
            String[] fields = line.split("\t");
            if (fields[1].equals("B")) {
                break;
            }
            sent.append(String.join(" ", List.of(fields).subList(3, fields.length)))
                    .append('\n');
        }
        return sent.toString();
    }

    @Test
    @Psycopg("behaviour 1")
    void theFirstStatementBeginsTheTransactionInTheSameWrite() {
        conn.autocommit(false);
        assertEquals("", trace.toString());
        conn.execute("INSERT INTO dbapi_b VALUES (1)");
        String sent = sentFirst();
        assertTrue(sent.contains("BEGIN") && sent.contains("INSERT INTO dbapi_b"), sent);
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        trace.setLength(0);
        conn.execute("INSERT INTO dbapi_b VALUES (2)");
        assertFalse(trace.toString().contains("BEGIN"), trace.toString());
        conn.commit();
        assertEquals(2, stored());
    }

    @Test
    @Psycopg("behaviour 2")
    void afterAnErrorEveryStatementFailsUntilTheRollback() {
        conn.autocommit(false);
        assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1 / 0"));
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "25P02",
                    assertThrows(InFailedTransactionException.class, () -> conn.execute("SELECT 1"))
                            .sqlState());
        }
        conn.rollback();
        assertEquals("(1,)", only(conn.execute("SELECT 1")));
    }

    /** psycopg2 commits such a transaction without a word, which the server then rolls back; here commit says so. */
    @Test
    @Psycopg("behaviour 2")
    void aFailedTransactionCannotBeCommitted() {
        conn.autocommit(false);
        conn.execute("INSERT INTO dbapi_b VALUES (1)");
        assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1 / 0"));
        assertThrows(InFailedTransactionException.class, conn::commit);
        assertEquals(0, stored());
        assertFalse(conn.inTransaction());
    }

    /** Also of one that is still arriving: the rest is read and kept then. */
    @Test
    @Psycopg("behaviour 3")
    void theCountOfASelectIsItsRows() {
        Cursor cur = conn.execute("SELECT g FROM generate_series(1, 100000) g");
        assertEquals(100_000, cur.rowCount());
        assertEquals("(1,)", cur.fetchOne().toString());
    }

    /** A ProgrammingError in psycopg2. Here the server has no part in it, so it is an InterfaceException. */
    @Test
    @Psycopg("behaviour 5")
    void aFetchWithoutAResultIsAnError() {
        Cursor cur = conn.execute("INSERT INTO dbapi_b VALUES (1)");
        String message = assertThrows(InterfaceException.class, cur::fetchOne).getMessage();
        assertTrue(message.contains("expected"), message);
        assertThrows(InterfaceException.class, cur::fetchAll);
        assertThrows(InterfaceException.class, () -> conn.cursor().fetchOne());
        assertEquals("(2,)", only(conn.execute("INSERT INTO dbapi_b VALUES (2) RETURNING n")));
    }

    /** There are no parameters with a percent sign here, so it stands for itself everywhere. */
    @Test
    @Psycopg("behaviour 6")
    void aPercentSignIsNeverDoubled() {
        assertEquals("(true,)", only(conn.execute("SELECT '100%' LIKE '%0%'")));
        assertEquals("(true, 1)", only(conn.execute("SELECT 'Ada' LIKE $1 || '%', 7 % 3", "A")));
    }

    /** The server rolls back; the driver says goodbye, so that a pooler does not take it for a client that has crashed. */
    @Test
    @Psycopg("behaviour 7")
    void closingRollsBack() {
        conn.autocommit(false);
        conn.execute("INSERT INTO dbapi_b VALUES (1)");
        trace.setLength(0);
        conn.close();
        assertTrue(trace.toString().contains("Terminate"), trace.toString());
        assertEquals(0, stored());
    }

    @Test
    @Psycopg("behaviour 8")
    void typesHaveTheirNaturalClass() {
        Row row = conn.execute(
                        "SELECT 1.50::numeric, '\\x00ff'::bytea, timestamptz '2024-07-01 12:00+02', '{\"a\": 1}'::jsonb,"
                                + " '{1,NULL}'::int[], NULL::int")
                .fetchOne();
        assertEquals(new BigDecimal("1.50"), row.get(0));
        assertArrayEquals(new byte[] {0, -1}, assertInstanceOf(byte[].class, row.get(1)));
        assertEquals(OffsetDateTime.of(2024, 7, 1, 10, 0, 0, 0, ZoneOffset.UTC), row.get(2));
        assertEquals("{\"a\": 1}", row.get(3), "a codec of the program makes objects of it");
        assertEquals(Arrays.asList(1, null), row.get(4));
        assertNull(row.get(5));
        assertEquals(
                "=r/" + user(),
                conn.execute("SELECT ('=r/' || current_user)::aclitem")
                        .fetchOne()
                        .get(0));
    }

    private String user() {
        return conn.execute("SELECT quote_ident(current_user)").fetchOne().getString(0);
    }

    /** date.max in psycopg2, from which it never comes back as infinity; here it does. */
    @Test
    @Psycopg("behaviour 9")
    void infinityGoesBothWays() {
        Row row = conn.execute("SELECT date 'infinity', timestamp '-infinity', timestamptz 'infinity'")
                .fetchOne();
        assertEquals(LocalDate.MAX, row.get(0));
        assertEquals(LocalDateTime.MIN, row.get(1));
        assertEquals(OffsetDateTime.MAX, row.get(2));
        assertEquals(
                "('infinity', '-infinity', 'infinity')",
                only(conn.execute(
                        "SELECT $1::date::text, $2::timestamp::text, $3::timestamptz::text",
                        row.get(0),
                        row.get(1),
                        row.get(2))));
    }

    /** 00:00 in psycopg2. LocalTime cannot hold it, so it is refused, and its text can be had. */
    @Test
    @Psycopg("behaviour 10")
    void theEndOfADayIsNotItsBeginning() {
        Row row = conn.execute("SELECT time '24:00'").fetchOne();
        String message = assertThrows(DataException.class, () -> row.get(0)).getMessage();
        assertTrue(message.contains("24:00"), message);
        assertEquals("24:00:00", row.getString(0));
    }

    /** Autocommit is on, so nothing is left idle in a transaction unless the program asks for that. */
    @Test
    @Psycopg("behaviour 12")
    void aSelectLeavesNoTransactionOpen() {
        conn.execute("SELECT 1").fetchAll();
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        conn.autocommit(false);
        conn.execute("SELECT 1").fetchAll();
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        conn.rollback();
    }

    /** psycopg2 gives the last result only. */
    @Test
    @Psycopg("behaviour 14")
    void severalStatementsInOneStringHaveTheirResultsInOrder() {
        Cursor cur = conn.execute("SELECT 1; SELECT 2");
        assertEquals("(1,)", only(cur));
        assertTrue(cur.nextSet());
        assertEquals("(2,)", only(cur));
        assertFalse(cur.nextSet());
    }
}
