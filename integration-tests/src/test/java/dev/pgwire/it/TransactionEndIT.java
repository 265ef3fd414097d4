package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction that has ended, whoever ended it, is neither used on nor ended again. */
class TransactionEndIT {
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TEMP TABLE t (id int)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private String stored() {
        return conn.execute("SELECT id FROM t ORDER BY id").fetchAll().stream()
                .map(row -> row.getString(0))
                .toList()
                .toString();
    }

    private static void assertByStatement(InterfaceException noticed) {
        assertTrue(noticed.getMessage().contains("ended by a statement"), noticed.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "ROLLBACK", "END", "abort", "SELECT 1; COMMIT", "COMMIT; SELECT 1"})
    void aStatementThatEndsTheBlocksTransactionIsNoticed(String end) {
        assertByStatement(assertThrows(
                InterfaceException.class,
                () -> conn.transaction(tx -> {
                    tx.execute("INSERT INTO t VALUES (1)");
                    tx.execute(end);
                })));
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals(end.toUpperCase(Locale.ROOT).matches("ROLLBACK|ABORT") ? "[]" : "[1]", stored());
        conn.transaction(tx -> tx.execute("INSERT INTO t VALUES (2)"));
        assertTrue(stored().contains("2"));
    }

    @Test
    void whateverWayTheStatementGoesItIsNoticed() {
        assertByStatement(
                assertThrows(InterfaceException.class, () -> conn.transaction(tx -> tx.executeSimple("COMMIT"))));
        assertByStatement(assertThrows(
                InterfaceException.class,
                () -> conn.transaction(tx -> {
                    try (Pipeline pipeline = tx.pipeline()) {
                        pipeline.execute("INSERT INTO t VALUES (1)");
                        pipeline.execute("COMMIT");
                    }
                })));
        assertByStatement(assertThrows(
                InterfaceException.class,
                () -> conn.transactionReturning(tx -> conn.execute("COMMIT").statusMessage())));
        assertByStatement(assertThrows(
                InterfaceException.class, () -> conn.transaction(tx -> tx.executeMany("COMMIT", List.of(List.of())))));
        assertEquals("[1]", stored());
    }

    @Test
    void afterAFailedStatementARollbackByStatementIsNoticedToo() {
        assertByStatement(assertThrows(
                InterfaceException.class,
                () -> conn.transaction(tx -> {
                    assertThrows(DivisionByZeroException.class, () -> tx.execute("SELECT 1/0"));
                    tx.execute("ROLLBACK");
                })));
    }

    /** What would follow would each be committed by itself, or be in a transaction that nobody ends. */
    @Test
    void nothingRunsBehindTheStatementThatEnded() {
        assertByStatement(assertThrows(
                InterfaceException.class,
                () -> conn.transaction(tx -> {
                    tx.execute("INSERT INTO t VALUES (1)");
                    tx.execute("COMMIT");
                    assertTrue(tx.hasEnded());
                    assertTrue(tx.toString().contains("ended by a statement"), tx.toString());
                    tx.execute("INSERT INTO t VALUES (2)");
                })));
        assertEquals("[1]", stored());
    }

    @Test
    void aTransactionThatTheBlockBeganInsteadIsNotCommitted() {
        assertByStatement(assertThrows(
                InterfaceException.class,
                () -> conn.transaction(tx -> {
                    tx.execute("INSERT INTO t VALUES (1)");
                    tx.execute("COMMIT");
                    conn.execute("BEGIN");
                    conn.execute("INSERT INTO t VALUES (2)");
                })));
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        conn.rollback();
        assertEquals("[1]", stored());
    }

    @Test
    void insideASavepointItIsNoticedAsWell() {
        InterfaceException noticed = assertThrows(
                InterfaceException.class,
                () -> conn.transaction(tx -> {
                    tx.execute("INSERT INTO t VALUES (1)");
                    tx.transaction(inner -> {
                        inner.execute("INSERT INTO t VALUES (2)");
                        inner.execute("COMMIT");
                    });
                }));
        assertByStatement(noticed);
        assertEquals(0, noticed.getSuppressed().length);
        assertEquals("[1, 2]", stored());
        assertFalse(conn.inTransaction());
    }

    @Test
    void aSavepointOfAnImplicitTransactionEndsWithIt() {
        conn.autocommit(false);
        conn.execute("INSERT INTO t VALUES (1)");
        Transaction savepoint = conn.begin();
        assertFalse(savepoint.hasEnded());
        conn.commit();
        assertTrue(savepoint.hasEnded());
        assertThrows(InterfaceException.class, () -> savepoint.execute("SELECT 1"));
        assertThrows(InterfaceException.class, savepoint::rollback);
        conn.execute("INSERT INTO t VALUES (2)");
        assertDoesNotThrow(savepoint::close);
        conn.commit();
        assertEquals("[1, 2]", stored());
        conn.commit();
    }

    @Test
    void whatIsInsideEndsWithWhatItIsIn() {
        try (Transaction tx = conn.begin()) {
            tx.execute("INSERT INTO t VALUES (1)");
            Transaction outer = tx.begin();
            Transaction inner = conn.begin();
            outer.rollback();
            assertTrue(inner.hasEnded());
            assertThrows(InterfaceException.class, inner::commit);
            assertThrows(InterfaceException.class, () -> inner.execute("SELECT 1"));
            Transaction next = tx.begin();
            next.execute("INSERT INTO t VALUES (2)");
            next.commit();
            assertFalse(tx.hasEnded());
            tx.commit();
            assertThrows(InterfaceException.class, tx::begin);
        }
        assertEquals("[1, 2]", stored());
    }

    @Test
    void theExceptionOfTheBlockComesFirst() {
        IllegalStateException thrown = new IllegalStateException("of the block");
        IllegalStateException caught = assertThrows(
                IllegalStateException.class,
                () -> conn.transaction(tx -> {
                    tx.execute("COMMIT");
                    throw thrown;
                }));
        assertSame(thrown, caught);
        assertEquals(0, caught.getSuppressed().length);
    }

    @Test
    void closingWhatAStatementHasEndedDoesNothing() {
        try (Transaction tx = conn.begin()) {
            tx.execute("INSERT INTO t VALUES (1)");
            conn.execute("COMMIT");
            conn.execute("BEGIN");
            conn.execute("INSERT INTO t VALUES (2)");
        }
        assertTrue(conn.inTransaction());
        conn.commit();
        assertEquals("[1, 2]", stored());
    }

    /** While rows are on their way, the server has not told yet that a transaction is in progress; it is all the same. */
    @Test
    void aResultThatIsStillArrivingIsNoEnd() {
        conn.transaction(tx -> {
            var large = tx.execute("SELECT repeat('x', 1000) FROM generate_series(1, 1000)");
            assertFalse(tx.hasEnded());
            tx.execute("INSERT INTO t VALUES (1)");
            assertEquals(1000, large.fetchAll().size());
        });
        assertEquals("[1]", stored());
    }

    /** Neither one that did something nor one whose BEGIN was not even sent, however many others come after it. */
    @Test
    void aTransactionFromBeforeAResetHasEnded() {
        Transaction unsent = conn.begin();
        conn.reset();
        Transaction sent = conn.begin();
        sent.execute("SELECT 1");
        conn.reset();
        try (Transaction next = conn.begin()) {
            next.execute("SELECT 1");
            for (Transaction old : List.of(unsent, sent)) {
                assertTrue(old.hasEnded());
                assertThrows(InterfaceException.class, old::commit);
                assertThrows(InterfaceException.class, () -> old.execute("SELECT 1"));
            }
            assertFalse(next.hasEnded());
            next.commit();
        }
    }

    /** An interrupted thread sends no statement, so what is queued keeps the COMMIT from being sent. */
    @Test
    void aCommitThatWasNotSentRollsBack() {
        conn.execute("SELECT 1 + $1", 1);
        QueryCanceledException unsent = assertThrows(
                QueryCanceledException.class,
                () -> conn.transaction(tx -> {
                    tx.execute("INSERT INTO t VALUES (1)");
                    tx.pipeline().execute("SELECT 1 + $1", 1);
                    Thread.currentThread().interrupt();
                }));
        assertTrue(Thread.interrupted(), unsent.toString());
        assertFalse(conn.inTransaction());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals("[]", stored());
    }

    /** In autocommit there is nothing to commit, and the statement that is read is still one that can be cancelled. */
    @Test
    void aCommitOfNothingLeavesAnOpenResultAsItWas() {
        Cursor rows = conn.execute("SELECT repeat('x', 1000), pg_sleep(CASE WHEN i > 200 THEN 60 ELSE 0 END)"
                + " FROM generate_series(1, 1000) AS i");
        conn.commit();
        assertTrue(rows.next());
        Thread.currentThread().interrupt();
        QueryCanceledException cancelled = assertThrows(QueryCanceledException.class, () -> {
            while (rows.next()) {
                assertFalse(rows.isNull(0));
            }
        });
        assertTrue(Thread.interrupted());
        assertEquals("57014", cancelled.sqlState());
        assertFalse(conn.isClosed());
    }
}
