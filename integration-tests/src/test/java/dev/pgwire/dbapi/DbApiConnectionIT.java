package dev.pgwire.dbapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.AccessMode;
import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Deferrable;
import dev.pgwire.Isolation;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.TransactionMode;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Answer;
import dev.pgwire.row.RowMapper;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The DB-API 2.0 (PEP 249) and the extensions of psycopg2, for connections: the calls that do something. */
class DbApiConnectionIT {
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TABLE dbapi_t (n int)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            other.execute("DROP TABLE dbapi_t");
        }
    }

    /** What another session sees. */
    private static List<Integer> stored() {
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            return other.execute("SELECT n FROM dbapi_t ORDER BY n").fetchAll(row -> row.getInt(0));
        }
    }

    private String setting(String name) {
        return conn.execute("SHOW " + name).fetchOne().getString(0);
    }

    @Test
    @Psycopg("connection.cursor")
    void aConnectionHasAnyNumberOfCursors() {
        Cursor one = conn.cursor();
        Cursor two = conn.cursor();
        assertNotSame(one, two);
        one.execute("SELECT g FROM generate_series(1, 3) g");
        two.execute("SELECT -g FROM generate_series(1, 3) g");
        assertEquals("(1,)", one.fetchOne().toString());
        assertEquals("(-1,)", two.fetchOne().toString());
        assertEquals("(2,)", one.fetchOne().toString());
    }

    /** A factory of cursors makes other rows there. Here each fetch takes what makes a value of a row. */
    @Test
    @Psycopg({"connection.cursor_factory", "cursor.row_factory"})
    void aMapperMakesOtherRows() {
        assertEquals(List.of(List.of(1, "a")), conn.execute("SELECT 1, 'a'").fetchAll(RowMapper.lists()));
        assertEquals(
                "{n=1}",
                conn.execute("SELECT 1 AS n").fetchOne(RowMapper.maps()).toString());
    }

    @Test
    @Psycopg("connection.commit")
    void commitShowsOthersWhatWasDone() {
        conn.autocommit(false);
        conn.execute("INSERT INTO dbapi_t VALUES (1)");
        assertEquals(List.of(), stored());
        conn.commit();
        assertEquals(List.of(1), stored());
        conn.commit();
    }

    @Test
    @Psycopg("connection.rollback")
    void rollbackUndoesWhatWasDone() {
        conn.autocommit(false);
        conn.execute("INSERT INTO dbapi_t VALUES (1)");
        conn.rollback();
        assertEquals(List.of(), stored());
        conn.rollback();
    }

    /** PEP 249: an error is raised for every use behind close. A second close is allowed here. */
    @Test
    @Psycopg({"connection.close", "connection.closed"})
    void aClosedConnectionRefusesWhatIsAskedOfIt() {
        assertFalse(conn.isClosed());
        assertFalse(conn.isBroken());
        Cursor cur = conn.cursor();
        conn.close();
        assertTrue(conn.isClosed());
        assertFalse(conn.isBroken());
        assertThrows(InterfaceException.class, conn::cursor);
        assertThrows(InterfaceException.class, conn::commit);
        assertThrows(InterfaceException.class, () -> cur.execute("SELECT 1"));
        conn.close();
    }

    /** {@code closed} is 2 in psycopg2. */
    @Test
    @Psycopg("connection.closed")
    void aConnectionThatWasLostIsBroken() {
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            conn.execute("SELECT pg_terminate_backend($1)", other.processId()).close();
            assertThrows(OperationalException.class, () -> {
                while (!other.isClosed()) {
                    other.execute("SELECT 1");
                }
                other.execute("SELECT 1");
            });
            assertTrue(other.isClosed());
            assertTrue(other.isBroken());
        }
    }

    /** Off in psycopg2 until it is asked for, on here as on the server. It cannot change inside a transaction, there and here. */
    @Test
    @Psycopg("connection.autocommit")
    void autocommitIsOnUntilItIsSwitchedOff() {
        assertTrue(conn.autocommit());
        conn.execute("INSERT INTO dbapi_t VALUES (1)");
        assertEquals(List.of(1), stored());
        conn.autocommit(false);
        assertFalse(conn.autocommit());
        conn.execute("INSERT INTO dbapi_t VALUES (2)");
        assertEquals(List.of(1), stored());
        assertThrows(InterfaceException.class, () -> conn.autocommit(true));
        conn.rollback();
        conn.autocommit(true);
    }

    /** A level is an enum. Autocommit, a level of its own in psycopg2, is none here. */
    @Test
    @Psycopg({"connection.isolation_level", "connection.set_isolation_level"})
    void theIsolationOfTransactionsIsSet() {
        conn.isolation(Isolation.SERIALIZABLE);
        assertEquals(Isolation.SERIALIZABLE, conn.transactionMode().isolation());
        conn.transaction(tx -> {
            assertEquals("serializable", setting("transaction_isolation"));
            assertThrows(InterfaceException.class, () -> conn.isolation(Isolation.DEFAULT));
        });
        conn.isolation(Isolation.DEFAULT);
        conn.transaction(tx -> assertEquals("read committed", setting("transaction_isolation")));
    }

    @Test
    @Psycopg("connection.readonly")
    void transactionsMayBeReadOnly() {
        conn.access(AccessMode.READ_ONLY);
        conn.transaction(tx -> assertEquals("on", setting("transaction_read_only")));
        conn.access(AccessMode.DEFAULT);
        conn.transaction(tx -> assertEquals("off", setting("transaction_read_only")));
    }

    @Test
    @Psycopg("connection.deferrable")
    void transactionsMayBeDeferrable() {
        conn.deferrable(Deferrable.DEFERRABLE);
        conn.transaction(tx -> assertEquals("on", setting("transaction_deferrable")));
        conn.deferrable(Deferrable.DEFAULT);
        conn.transaction(tx -> assertEquals("off", setting("transaction_deferrable")));
    }

    @Test
    @Psycopg("connection.set_session")
    void allCharacteristicsAreSetInOneCall() {
        TransactionMode mode = new TransactionMode(Isolation.SERIALIZABLE, AccessMode.READ_ONLY, Deferrable.DEFERRABLE);
        conn.transactionMode(mode);
        assertEquals(mode, conn.transactionMode());
        conn.autocommit(false);
        assertEquals("serializable", setting("transaction_isolation"));
        assertEquals("on", setting("transaction_read_only"));
        assertEquals("on", setting("transaction_deferrable"));
        conn.rollback();
    }

    /** Any thread may call it, and nothing happens if nothing runs. */
    @Test
    @Psycopg("connection.cancel")
    void aStatementIsCancelledFromAnotherThread() throws Exception {
        conn.cancel();
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(
                () -> assertThrows(QueryCanceledException.class, () -> conn.execute("SELECT pg_sleep(600)")));
        while (!failure.isDone()) {
            conn.cancel();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertInstanceOf(QueryCanceledException.class, failure.get());
        assertEquals("(1,)", conn.execute("SELECT 1").fetchOne().toString());
    }

    /** Rolls back and sets back what the session has set; here temporary tables, LISTEN and locks go as well. */
    @Test
    @Psycopg("connection.reset")
    void resetMakesAConnectionAsItWasWhenItWasNew() {
        String before = setting("work_mem");
        conn.execute("SET work_mem = '1234kB'");
        conn.autocommit(false);
        conn.isolation(Isolation.SERIALIZABLE);
        conn.execute("INSERT INTO dbapi_t VALUES (1)");
        conn.reset();
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals(before, setting("work_mem"));
        assertTrue(conn.autocommit());
        assertEquals(TransactionMode.DEFAULT, conn.transactionMode());
        assertEquals(List.of(), stored());
    }

    @Test
    @Psycopg({"connection.notices", "behaviour 15"})
    void theLastFiftyNoticesAreKept() {
        List<Diagnostic> heard = new ArrayList<>();
        conn.onNotice(heard::add);
        conn.execute("DO $$ BEGIN FOR i IN 1..60 LOOP RAISE NOTICE 'notice %', i; END LOOP; END $$");
        assertEquals(60, heard.size());
        assertEquals(50, conn.notices().size());
        assertEquals("notice 11", conn.notices().get(0).message());
        assertEquals("notice 60", conn.notices().get(49).message());
    }

    /** psycopg2 gives casters to a connection, by the oid of a type; here a type has a name, and a class a conversion. */
    @Test
    @Psycopg({
        "connection.string_types",
        "connection.binary_types",
        "cursor.string_types",
        "cursor.binary_types",
        "cursor.typecaster"
    })
    void aConnectionReadsTypesAsTheProgramSays() {
        conn.codec("int4", Codec.of(Count.class, in -> new Count(in.readInt()), (c, out) -> out.writeInt(c.of())));
        conn.conversion(Conversion.of(Label.class, String.class, Label::new, Label::text));
        assertEquals(
                new Count(3),
                conn.execute("SELECT $1::int", new Count(3)).fetchOne().get(0));
        assertEquals(
                new Label("x"),
                conn.execute("SELECT $1::text", new Label("x")).fetchOne().get(0, Label.class));
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            assertEquals(3, other.execute("SELECT 3").fetchOne().get(0));
        }
    }

    private record Count(int of) {}

    private record Label(String text) {}

    /** psycopg2 has the program poll the connection's file; here a future is completed. */
    @Test
    @Psycopg({"connection.async", "connection.async_", "connection.poll", "connection.isexecuting"})
    void aConnectionThatDoesNotWaitGivesFutures() throws Exception {
        AsyncConnection async = Postgres.connectAsync(TestServer.shared().dsn()).get();
        conn.execute("SELECT pg_advisory_lock(1400)");
        CompletableFuture<Answer> waiting = async.execute("SELECT pg_advisory_lock(1400), 7 AS n");
        assertFalse(waiting.isDone());
        conn.execute("SELECT pg_advisory_unlock(1400)");
        assertEquals(7, waiting.get().single().getInt("n"));
        async.close().get();
    }

    /** psycopg's {@code conn.execute}. */
    @Test
    @Psycopg("psycopg connection.execute")
    void aConnectionExecutesOnACursorOfItsOwn() {
        assertSame(conn, conn.execute("SELECT 1").connection());
    }

    /** psycopg's {@code conn.pipeline()}: what is behind a failure, up to the sync, is skipped. */
    @Test
    @Psycopg("psycopg connection.pipeline")
    void aPipelineSendsSeveralStatementsAtOnce() {
        Pipeline pipeline = conn.pipeline();
        Cursor one = pipeline.execute("SELECT 1");
        Cursor failed = pipeline.execute("SELECT 1 / (1 - $1)", 1);
        Cursor skipped = pipeline.execute("SELECT 3");
        assertThrows(DivisionByZeroException.class, pipeline::sync);
        assertEquals("(1,)", one.fetchOne().toString());
        assertThrows(DivisionByZeroException.class, failed::fetchOne);
        assertThrows(PipelineAbortedException.class, skipped::fetchOne);
        pipeline.close();
    }

    /** psycopg's {@code with conn.transaction()}; {@code with conn} of psycopg2 is the same block, and closes nothing either. */
    @Test
    @Psycopg("psycopg connection.transaction")
    void aBlockCommitsOrRollsBackAndBlocksInsideAreSavepoints() {
        conn.transaction(tx -> {
            tx.execute("INSERT INTO dbapi_t VALUES (1)");
            assertThrows(
                    IllegalStateException.class,
                    () -> tx.transaction(inner -> {
                        inner.execute("INSERT INTO dbapi_t VALUES (2)");
                        throw new IllegalStateException("undone");
                    }));
        });
        try (Transaction tx = conn.begin()) {
            tx.execute("INSERT INTO dbapi_t VALUES (3)");
        }
        assertEquals(List.of(1), stored());
        assertFalse(conn.isClosed());
    }
}
