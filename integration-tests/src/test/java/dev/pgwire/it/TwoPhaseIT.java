package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.PreparedTransaction;
import dev.pgwire.Xid;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Two-phase transactions, as psycopg has them. */
class TwoPhaseIT {
    private static TestServer server;
    private Connection conn;

    @BeforeAll
    static void start() {
        server =
                TestServer.embedded().setting("max_prepared_transactions", "10").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        conn = Postgres.connect(server.dsn());
        conn.execute("CREATE TABLE IF NOT EXISTS t (id int)");
        conn.execute("TRUNCATE t");
    }

    @AfterEach
    void disconnect() {
        conn.close();
        try (Connection other = Postgres.connect(server.dsn())) {
            other.tpcRecover().forEach(left -> other.tpcRollback(left.xid()));
        }
    }

    private static void refused(Executable call) {
        String message = assertThrows(InterfaceException.class, call).getMessage();
        assertTrue(message.contains("expected"), message);
    }

    private static List<Integer> stored() {
        try (Connection other = Postgres.connect(server.dsn())) {
            return other.execute("SELECT id FROM t ORDER BY id").fetchAll().stream()
                    .map(row -> row.getInt(0))
                    .toList();
        }
    }

    private void insert(int id) {
        conn.execute("INSERT INTO t VALUES ($1)", id);
    }

    @Test
    void bothPhasesMakeATransaction() {
        Xid xid = conn.xid(1, "gtrid", "it's");
        conn.tpcBegin(xid);
        insert(1);
        conn.tpcPrepare();
        assertEquals(List.of(), stored());
        List<PreparedTransaction> prepared = conn.tpcRecover();
        assertEquals(1, prepared.size());
        assertEquals(xid, prepared.get(0).xid());
        assertEquals("postgres", prepared.get(0).database());
        conn.tpcCommit();
        assertEquals(List.of(1), stored());
        assertEquals(List.of(), conn.tpcRecover());
        conn.tpcBegin(xid);
        insert(2);
        conn.tpcPrepare();
        conn.tpcRollback();
        assertEquals(List.of(1), stored());
    }

    @Test
    void onePhaseDoes() {
        conn.tpcBegin(conn.xid(1, "a", "b"));
        insert(1);
        conn.tpcCommit();
        conn.tpcBegin(conn.xid(1, "a", "b"));
        insert(2);
        conn.tpcRollback();
        conn.tpcBegin(conn.xid(1, "a", "b"));
        conn.tpcPrepare();
        conn.tpcCommit();
        assertEquals(List.of(1), stored());
        conn.transaction(tx -> tx.execute("INSERT INTO t VALUES (3)"));
        assertEquals(List.of(1, 3), stored());
    }

    @Test
    void whatWasPreparedIsEndedByAnother() {
        conn.tpcBegin(conn.xid(1, "a", "1"));
        insert(1);
        conn.tpcPrepare();
        conn.close();
        conn = Postgres.connect(server.dsn());
        conn.execute("BEGIN; INSERT INTO t VALUES (2); PREPARE TRANSACTION 'not ours'");
        conn.autocommit(false);
        List<Xid> found =
                conn.tpcRecover().stream().map(PreparedTransaction::xid).toList();
        assertEquals(List.of(Xid.of(1, "a", "1"), new Xid(null, "not ours", null)), found);
        assertFalse(conn.inTransaction());
        conn.tpcCommit(found.get(0));
        conn.tpcRollback(found.get(1));
        assertEquals(List.of(1), stored());
        assertThrows(PgException.class, () -> conn.tpcCommit(found.get(0)));
        assertFalse(conn.inTransaction());
    }

    @Test
    void eachCallHasItsPlace() {
        Xid xid = conn.xid(1, "a", "b");
        refused(conn::tpcPrepare);
        refused(conn::tpcCommit);
        refused(conn::tpcRollback);
        conn.begin();
        refused(() -> conn.tpcBegin(xid));
        refused(() -> conn.tpcCommit(xid));
        conn.execute("SELECT 1");
        refused(() -> conn.tpcBegin(xid));
        conn.rollback();
        conn.tpcBegin(xid);
        for (Executable wrong : List.<Executable>of(
                conn::commit,
                conn::rollback,
                conn::begin,
                () -> conn.tpcBegin(xid),
                () -> conn.tpcCommit(xid),
                () -> conn.tpcRollback(xid),
                () -> conn.autocommit(false))) {
            refused(wrong);
        }
        insert(1);
        conn.tpcPrepare();
        refused(conn::tpcPrepare);
        refused(conn::commit);
        refused(() -> conn.tpcBegin(xid));
        conn.tpcRollback();
        conn.begin().commit();
        conn.tpcBegin(xid);
        conn.reset();
        conn.begin().rollback();
        assertEquals(List.of(), stored());
    }

    @Test
    void aTransactionThatHasFailedIsNotPrepared() {
        conn.tpcBegin(conn.xid(1, "a", "b"));
        assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1/0"));
        assertThrows(InFailedTransactionException.class, conn::tpcPrepare);
        conn.tpcBegin(conn.xid(1, "a", "b"));
        assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1/0"));
        assertThrows(InFailedTransactionException.class, conn::tpcCommit);
        conn.begin().commit();
        assertEquals(List.of(), conn.tpcRecover());
        // What the server does not prepare is rolled back.
        conn.tpcBegin(conn.xid(1, "a", "b"));
        conn.execute("CREATE TEMP TABLE temporary (id int)");
        assertThrows(PgException.class, conn::tpcPrepare);
        conn.tpcRollback();
        conn.begin().commit();
    }

    @Test
    void theAsynchronousFaceDoesTheSame() throws Exception {
        AsyncConnection async = Postgres.connectAsync(server.dsn()).get();
        Xid xid = async.xid(1, "a", "b");
        async.tpcBegin(xid);
        async.execute("INSERT INTO t VALUES (1)");
        failed(async.commit());
        failed(async.begin());
        async.tpcPrepare();
        failed(async.tpcPrepare());
        assertEquals(xid, async.tpcRecover().get().get(0).xid());
        failed(async.tpcCommit(xid));
        async.tpcCommit().get();
        failed(async.tpcRollback());
        async.tpcBegin(xid);
        async.execute("INSERT INTO t VALUES (2)");
        async.tpcPrepare().get();
        async.close().get();
        conn.tpcRollback(xid);
        assertEquals(List.of(1), stored());
    }

    private static void failed(CompletableFuture<?> call) {
        assertTrue(assertThrows(ExecutionException.class, call::get).getCause() instanceof InterfaceException);
    }
}
