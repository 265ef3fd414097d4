package dev.pgwire.dbapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.PreparedTransaction;
import dev.pgwire.Xid;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two-phase commit of the DB-API, whose calls have the same names here. */
class DbApiTwoPhaseIT {
    private static TestServer server;
    private Connection conn;

    @BeforeAll
    static void start() {
        server = TestServer.embedded().setting("max_prepared_transactions", "5").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        conn = Postgres.connect(server.dsn());
        conn.execute("DROP TABLE IF EXISTS t; CREATE TABLE t (n int)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private static List<Integer> stored() {
        try (Connection other = Postgres.connect(server.dsn())) {
            return other.execute("SELECT n FROM t").fetchAll(row -> row.getInt(0));
        }
    }

    /** The text is psycopg's and pgjdbc's. */
    @Test
    @Psycopg({"connection.xid", "Xid.format_id", "Xid.gtrid", "Xid.bqual", "Xid.from_string"})
    void anXidHasThreePartsAndAText() {
        Xid xid = conn.xid(42, "order 7", "bank");
        assertEquals(42, xid.formatId());
        assertEquals("order 7", xid.gtrid());
        assertEquals("bank", xid.bqual());
        assertEquals("42_b3JkZXIgNw==_YmFuaw==", xid.toString());
        assertEquals(xid, Xid.fromString("42_b3JkZXIgNw==_YmFuaw=="));
        assertNull(Xid.fromString("another").formatId());
        assertThrows(InterfaceException.class, () -> conn.xid(-1, "a", "b"));
    }

    @Test
    @Psycopg({"connection.tpc_begin", "connection.tpc_prepare", "connection.tpc_commit"})
    void bothPhasesCommit() {
        conn.tpcBegin(conn.xid(1, "both", ""));
        conn.execute("INSERT INTO t VALUES (1)");
        assertThrows(InterfaceException.class, conn::commit);
        conn.tpcPrepare();
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals(List.of(), stored());
        conn.tpcCommit();
        assertEquals(List.of(1), stored());
    }

    @Test
    @Psycopg("connection.tpc_rollback")
    void bothPhasesRollBack() {
        conn.tpcBegin(conn.xid(1, "undone", ""));
        conn.execute("INSERT INTO t VALUES (1)");
        conn.tpcPrepare();
        conn.tpcRollback();
        assertEquals(List.of(), stored());
        assertEquals(List.of(), conn.tpcRecover());
    }

    /** In psycopg2 the last three are attributes of the Xid; here they belong to what was prepared. */
    @Test
    @Psycopg({"connection.tpc_recover", "Xid.prepared", "Xid.owner", "Xid.database"})
    void anotherConnectionEndsWhatWasPrepared() {
        conn.tpcBegin(conn.xid(1, "left", "behind"));
        conn.execute("INSERT INTO t VALUES (1)");
        conn.tpcPrepare();
        conn.close();
        try (Connection other = Postgres.connect(server.dsn())) {
            PreparedTransaction left = other.tpcRecover().get(0);
            assertEquals("left", left.xid().gtrid());
            assertNotNull(left.prepared());
            assertEquals(server.user(), left.owner());
            assertEquals(server.database(), left.database());
            other.tpcCommit(left.xid());
            assertFalse(other.inTransaction());
        }
        assertEquals(List.of(1), stored());
    }
}
