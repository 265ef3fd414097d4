package dev.pgwire.dbapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.CheckViolationException;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.IntegrityException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.InternalException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SerializationFailureException;
import dev.pgwire.error.TransactionRollbackException;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The DB-API 2.0 (PEP 249) for this driver: what a program finds before it has a connection, and the exceptions. */
class DbApiModuleIT {
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    /** Keywords of Python beside the string are the builder here, and win as they do there. */
    @Test
    @Psycopg("psycopg2.connect")
    void aConnectionStringOrABuilderConnects() {
        String dsn = TestServer.shared().dsn("application_name=first");
        Config config =
                Config.parse(dsn).toBuilder().set("application_name", "second").build();
        try (Connection first = Postgres.connect(dsn);
                Connection second = Postgres.connect(config)) {
            assertEquals("first", first.parameter("application_name"));
            assertEquals("second", second.parameter("application_name"));
        }
    }

    /** Level 2 of the DB-API: threads share the module and connections. A cursor belongs to one thread. */
    @Test
    @Psycopg({"psycopg2.apilevel", "psycopg2.threadsafety", "behaviour 11"})
    void threadsThatShareAConnectionUseItOneAtATime() throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Integer> sums = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int mine = i;
            Thread thread = new Thread(() -> {
                try (Cursor cur = conn.cursor()) {
                    start.await();
                    int sum = 0;
                    for (int n = 0; n < 100; n++) {
                        sum += cur.execute("SELECT $1::int", mine).fetchOne().getInt(0);
                    }
                    sums.add(sum);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(0, 100, 200, 300), sums.stream().sorted().toList());
    }

    /** The styles are the server's "numeric" with a dollar, and "named"; "pyformat" would need % doubled in every LIKE. */
    @Test
    @Psycopg("psycopg2.paramstyle")
    void parametersHaveNumbersOrNames() {
        assertEquals("(7,)", conn.execute("SELECT $1::int", 7).fetchOne().toString());
        assertEquals(
                "(7,)",
                conn.execute("SELECT :n::int", Map.of("n", 7)).fetchOne().toString());
    }

    /** Java has classes for these, so there is nothing to construct them with. */
    @Test
    @Psycopg({
        "psycopg2.Date",
        "psycopg2.Time",
        "psycopg2.Timestamp",
        "psycopg2.DateFromTicks",
        "psycopg2.TimeFromTicks",
        "psycopg2.TimestampFromTicks",
        "psycopg2.Binary"
    })
    void datesTimesAndBytesAreJavasOwn() {
        LocalDate date = LocalDate.of(2024, 2, 29);
        LocalTime time = LocalTime.of(23, 59, 58);
        LocalDateTime stamp = LocalDateTime.of(date, time);
        byte[] bytes = {0, -1, 39};
        Row row = conn.execute("SELECT $1::date, $2::time, $3::timestamp, $4::bytea", date, time, stamp, bytes)
                .fetchOne();
        assertEquals(date, row.get(0));
        assertEquals(time, row.get(1));
        assertEquals(stamp, row.get(2));
        assertArrayEquals(bytes, row.getBytes(3));
    }

    /** Each name of the DB-API with a failure that belongs to it. */
    @Test
    @Psycopg({
        "psycopg2.Error",
        "psycopg2.DatabaseError",
        "psycopg2.DataError",
        "psycopg2.OperationalError",
        "psycopg2.IntegrityError",
        "psycopg2.InternalError",
        "psycopg2.ProgrammingError",
        "psycopg2.NotSupportedError",
        "psycopg2.errors"
    })
    void anErrorOfTheServerHasTheClassOfItsSqlState() {
        conn.execute("CREATE TEMP TABLE positive (n int CHECK (n > 0))");
        assertThrown(DataException.class, "22012", () -> conn.execute("SELECT 1 / 0"));
        assertThrown(CheckViolationException.class, "23514", () -> conn.execute("INSERT INTO positive VALUES (0)"));
        assertThrown(IntegrityException.class, "23514", () -> conn.execute("INSERT INTO positive VALUES (0)"));
        assertThrown(ProgrammingException.class, "42P01", () -> conn.execute("TABLE missing"));
        assertThrown(NotSupportedException.class, "0A000", () -> raise("0A000"));
        assertThrown(InternalException.class, "XX000", () -> raise("XX000"));
        assertThrown(OperationalException.class, "53200", () -> raise("53200"));
        assertThrown(DatabaseException.class, "P9999", () -> raise("P9999"));
    }

    /** The two bases of psycopg2's extensions. */
    @Test
    @Psycopg({"extensions.QueryCanceledError", "extensions.TransactionRollbackError"})
    void cancelledAndRolledBackAreOperational() {
        assertThrown(QueryCanceledException.class, "57014", () -> raise("57014"));
        assertThrown(SerializationFailureException.class, "40001", () -> raise("40001"));
        assertTrue(assertThrown(TransactionRollbackException.class, "40001", () -> raise("40001"))
                .isRetryable());
        assertTrue(OperationalException.class.isAssignableFrom(QueryCanceledException.class));
        assertTrue(OperationalException.class.isAssignableFrom(TransactionRollbackException.class));
    }

    private void raise(String sqlState) {
        conn.execute("DO $$ BEGIN RAISE EXCEPTION 'raised' USING ERRCODE = '" + sqlState + "'; END $$");
    }

    private static <T extends DatabaseException> T assertThrown(Class<T> type, String sqlState, Executable call) {
        T thrown = assertThrows(type, call);
        assertEquals(sqlState, thrown.sqlState());
        assertInstanceOf(PgException.class, thrown);
        return thrown;
    }

    /** Not a DatabaseException, as in the DB-API: the server has nothing to do with it. */
    @Test
    @Psycopg("psycopg2.InterfaceError")
    void whatTheDriverRefusesByItselfIsAnInterfaceException() {
        Cursor cur = conn.cursor();
        cur.close();
        PgException refused = assertThrows(InterfaceException.class, () -> cur.execute("SELECT 1"));
        assertFalse(DatabaseException.class.isInstance(refused));
        assertThrows(InterfaceException.class, () -> conn.execute("SELECT $1::int"));
    }

    /** psycopg2 has the class and never raises it. A warning of the server is a notice there and here. */
    @Test
    @Psycopg("psycopg2.Warning")
    void aWarningIsANotice() {
        conn.execute("DO $$ BEGIN RAISE WARNING 'careful'; END $$");
        assertEquals("WARNING", conn.notices().get(0).severity());
    }

    @Test
    @Psycopg({
        "Diagnostics.severity",
        "Diagnostics.severity_nonlocalized",
        "Diagnostics.sqlstate",
        "Diagnostics.message_primary",
        "Diagnostics.message_detail",
        "Diagnostics.message_hint",
        "Diagnostics.statement_position",
        "Diagnostics.internal_position",
        "Diagnostics.internal_query",
        "Diagnostics.context",
        "Diagnostics.schema_name",
        "Diagnostics.table_name",
        "Diagnostics.column_name",
        "Diagnostics.datatype_name",
        "Diagnostics.constraint_name",
        "Diagnostics.source_file",
        "Diagnostics.source_line",
        "Diagnostics.source_function"
    })
    void anErrorHasAllFieldsOfTheServer() {
        conn.execute("CREATE TEMP TABLE keyed (n int CONSTRAINT only_once PRIMARY KEY)");
        conn.execute("INSERT INTO keyed VALUES (1)");
        Diagnostic unique = diagnostic("INSERT INTO keyed VALUES (1)");
        assertEquals("ERROR", unique.severity());
        assertNotNull(unique.localizedSeverity());
        assertEquals("23505", unique.sqlState());
        assertTrue(unique.message().contains("only_once"));
        assertEquals("Key (n)=(1) already exists.", unique.detail());
        assertTrue(unique.schema().startsWith("pg_temp"));
        assertEquals("keyed", unique.table());
        assertEquals("only_once", unique.constraint());
        assertEquals("nbtinsert.c", unique.file());
        assertTrue(unique.line() > 0);
        assertEquals("_bt_check_unique", unique.routine());

        assertEquals("n", diagnostic("INSERT INTO keyed VALUES (NULL)").column());
        assertEquals(8, diagnostic("SELECT missing").position());
        assertNotNull(diagnostic("SELECT lenght('x')").hint());

        conn.execute("CREATE DOMAIN pg_temp.even AS int CONSTRAINT is_even CHECK (VALUE % 2 = 0)");
        assertEquals("even", diagnostic("SELECT 3::pg_temp.even").dataType());

        Diagnostic inside = diagnostic("DO $$ BEGIN PERFORM missing; END $$");
        assertEquals(8, inside.internalPosition());
        assertEquals("SELECT missing", inside.internalQuery());
        assertTrue(inside.where().contains("PL/pgSQL"), inside.where());
        assertNull(inside.detail());
    }

    private Diagnostic diagnostic(String sql) {
        DatabaseException thrown = assertThrows(DatabaseException.class, () -> conn.execute(sql));
        assertEquals(sql, thrown.sql());
        assertSame(thrown.diagnostic().sqlState(), thrown.sqlState());
        return thrown.diagnostic();
    }
}
