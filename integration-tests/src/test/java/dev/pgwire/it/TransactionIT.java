package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.AccessMode;
import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Deferrable;
import dev.pgwire.Isolation;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.TransactionMode;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.ForeignKeyViolationException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SerializationFailureException;
import dev.pgwire.error.UndefinedTableException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions and savepoints; what was committed is what a second connection sees. */
class TransactionIT {
    private static final String INSERT = "INSERT INTO transaction_it VALUES ($1)";

    private Connection conn;
    private Connection witness;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        witness = Postgres.connect(TestServer.shared().dsn());
        witness.execute("DROP TABLE IF EXISTS transaction_it");
        witness.execute("CREATE TABLE transaction_it (id int)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
        witness.execute("DROP TABLE transaction_it");
        witness.close();
    }

    private String committed() {
        return witness.execute("SELECT id FROM transaction_it ORDER BY id").fetchAll().stream()
                .map(row -> row.getString(0))
                .toList()
                .toString();
    }

    private String show(String setting) {
        return String.valueOf(conn.execute("SHOW " + setting).fetchAll().get(0).getString(0));
    }

    @Test
    void eachStatementCommitsInAutocommit() {
        assertTrue(conn.autocommit());
        conn.execute(INSERT, 1);
        assertFalse(conn.inTransaction());
        assertEquals("[1]", committed());
        conn.commit();
        conn.rollback();
        assertEquals("[1]", committed());
    }

    @Test
    void withoutAutocommitTheFirstStatementBegins() {
        conn.autocommit(false);
        assertFalse(conn.autocommit());
        assertFalse(conn.inTransaction());
        conn.execute(INSERT, 1);
        assertTrue(conn.inTransaction());
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        assertEquals("[]", committed());
        conn.commit();
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals("[1]", committed());
        conn.execute(INSERT, 2);
        conn.rollback();
        conn.commit();
        assertEquals("[1]", committed());
        conn.execute(INSERT, 3);
        assertThrows(InterfaceException.class, () -> conn.autocommit(true));
        conn.commit();
        conn.autocommit(true);
        conn.execute(INSERT, 4);
        assertEquals("[1, 3, 4]", committed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO transaction_it VALUES (1)",
                "INSERT INTO transaction_it SELECT 1; SELECT 2",
                "DO 'BEGIN INSERT INTO transaction_it VALUES (1); END'",
                "CREATE TABLE transaction_it_new (id int)"
            })
    void everyKindOfStatementBeginsWithoutAutocommit(String sql) {
        conn.autocommit(false);
        conn.execute(sql);
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        conn.rollback();
        conn.cursor().executeSimple(sql);
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        conn.rollback();
        conn.cursor().executeMany(INSERT, List.of(List.of(1)));
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        conn.rollback();
        assertEquals("[]", committed());
        assertThrows(UndefinedTableException.class, () -> witness.execute("SELECT * FROM transaction_it_new"));
    }

    /** Whether the error is found when the statement is prepared, or when it runs. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT * FROM nowhere_to_be_found", "SELECT 1/0", "SELEC 1", "DROP TABLE no_such_thing"})
    void afterAnErrorEverythingFailsUntilRollback(String wrong) {
        conn.autocommit(false);
        assertThrows(DatabaseException.class, () -> conn.execute(wrong));
        assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
        assertThrows(InFailedTransactionException.class, () -> conn.execute("SELECT 1"));
        assertThrows(InFailedTransactionException.class, () -> conn.execute(INSERT, 1));
        conn.rollback();
        conn.execute(INSERT, 2);
        conn.commit();
        assertEquals("[2]", committed());
    }

    @Test
    void aBlockCommitsWhenItReturns() {
        conn.transaction(tx -> {
            tx.execute(INSERT, 1);
            assertEquals("[]", committed());
            assertSame(conn, tx.connection());
        });
        assertEquals("[1]", committed());
        assertFalse(conn.inTransaction());
    }

    @Test
    void aBlockRollsBackWhenItThrows() {
        IOException thrown = new IOException("of the block");
        IOException caught = assertThrows(
                IOException.class,
                () -> conn.transaction(tx -> {
                    tx.execute(INSERT, 1);
                    throw thrown;
                }));
        assertSame(thrown, caught);
        assertEquals(0, caught.getSuppressed().length);
        assertFalse(conn.inTransaction());
        assertThrows(
                DivisionByZeroException.class,
                () -> conn.transaction(tx -> {
                    tx.execute(INSERT, 2);
                    tx.execute("SELECT 1/0");
                }));
        assertEquals("[]", committed());
        assertFalse(conn.inTransaction());
    }

    @Test
    void aBlockMayReturnAValue() {
        int sum = conn.transactionReturning(tx -> {
            tx.execute(INSERT, 20);
            tx.execute(INSERT, 22);
            return tx.execute("SELECT sum(id) FROM transaction_it")
                    .fetchAll()
                    .get(0)
                    .getInt(0);
        });
        assertEquals(42, sum);
        assertEquals("[20, 22]", committed());
    }

    @Test
    void aBlockMayEndItsTransactionItself() {
        conn.transaction(tx -> {
            tx.execute(INSERT, 1);
            tx.rollback();
        });
        conn.transaction(tx -> {
            tx.execute(INSERT, 2);
            tx.commit();
            assertThrows(InterfaceException.class, tx::commit);
            assertThrows(InterfaceException.class, tx::rollback);
            assertTrue(tx.hasEnded());
        });
        assertEquals("[2]", committed());
    }

    @Test
    void aBlockThatDoesNothingCostsNothing() {
        conn.transaction(tx -> assertTrue(conn.inTransaction()));
        assertFalse(conn.inTransaction());
        conn.execute(INSERT, 1);
        assertEquals("[1]", committed());
    }

    @Test
    void blocksInsideBlocksAreSavepoints() {
        conn.transaction(tx -> {
            tx.execute(INSERT, 1);
            tx.transaction(inner -> inner.execute(INSERT, 2));
            assertThrows(
                    DivisionByZeroException.class,
                    () -> tx.transaction(inner -> {
                        inner.execute(INSERT, 3);
                        inner.transaction(innermost -> innermost.execute(INSERT, 4));
                        inner.execute("SELECT 1/0");
                    }));
            tx.transaction(inner -> {
                inner.execute(INSERT, 5);
                assertThrows(
                        IllegalStateException.class,
                        () -> conn.transaction(innermost -> {
                            innermost.execute(INSERT, 6);
                            throw new IllegalStateException("of the block");
                        }));
                inner.execute(INSERT, 7);
            });
        });
        assertEquals("[1, 2, 5, 7]", committed());
    }

    @Test
    void aSavepointMayBeTheFirstThingInATransaction() {
        conn.transaction(tx -> tx.transaction(inner -> inner.execute(INSERT, 1)));
        conn.autocommit(false);
        conn.transaction(tx -> tx.execute(INSERT, 2));
        assertEquals("[1, 2]", committed());
    }

    @Test
    void whatFailedInASavepointIsUndoneThereEvenWhenNobodySaysSo() {
        conn.transaction(tx -> {
            tx.execute(INSERT, 1);
            assertThrows(
                    InFailedTransactionException.class,
                    () -> tx.transaction(inner -> {
                        inner.execute(INSERT, 2);
                        assertThrows(DivisionByZeroException.class, () -> inner.execute("SELECT 1/0"));
                    }));
            tx.execute(INSERT, 3);
        });
        assertEquals("[1, 3]", committed());
    }

    @Test
    void aTransactionThatIsClosedRollsBack() {
        try (Transaction tx = conn.begin()) {
            tx.execute(INSERT, 1);
        }
        assertFalse(conn.inTransaction());
        try (Transaction tx = conn.begin()) {
            tx.execute(INSERT, 2);
            try (Transaction inner = tx.begin()) {
                inner.execute(INSERT, 3);
            }
            try (Transaction inner = tx.begin()) {
                inner.execute(INSERT, 4);
                inner.commit();
            }
            tx.commit();
        }
        assertEquals("[2, 4]", committed());
    }

    @Test
    void closingTheConnectionRollsBack() {
        try (Connection closed = Postgres.connect(TestServer.shared().dsn())) {
            closed.begin();
            closed.execute(INSERT, 1);
        }
        conn.transaction(tx -> tx.execute("LOCK TABLE transaction_it"));
        assertEquals("[]", committed());
    }

    @Test
    void closingATransactionOfAClosedConnectionIsNoError() {
        try (Transaction tx = conn.begin()) {
            tx.execute(INSERT, 1);
            conn.close();
        }
        assertEquals("[]", committed());
    }

    @ParameterizedTest
    @EnumSource(
            value = Isolation.class,
            names = {"DEFAULT"},
            mode = EnumSource.Mode.EXCLUDE)
    void isolationIsThatOfTheMode(Isolation isolation) {
        String expected = isolation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        conn.transaction(
                TransactionMode.DEFAULT.with(isolation), tx -> assertEquals(expected, show("transaction_isolation")));
        assertEquals("read committed", show("transaction_isolation"));
        conn.isolation(isolation);
        conn.transaction(tx -> assertEquals(expected, show("transaction_isolation")));
        conn.autocommit(false);
        assertEquals(expected, show("transaction_isolation"));
        conn.rollback();
        conn.isolation(Isolation.DEFAULT);
        assertEquals("read committed", show("transaction_isolation"));
    }

    @Test
    void aReadOnlyTransactionRefusesToWrite() {
        conn.access(AccessMode.READ_ONLY);
        DatabaseException refused =
                assertThrows(DatabaseException.class, () -> conn.transaction(tx -> tx.execute(INSERT, 1)));
        assertEquals("25006", refused.sqlState());
        conn.access(AccessMode.READ_WRITE);
        conn.execute("SET default_transaction_read_only = on");
        conn.transaction(tx -> tx.execute(INSERT, 2));
        assertEquals("[2]", committed());
    }

    @Test
    void aDeferrableTransactionIsOne() {
        TransactionMode mode = new TransactionMode(Isolation.SERIALIZABLE, AccessMode.READ_ONLY, Deferrable.DEFERRABLE);
        conn.transaction(mode, tx -> {
            assertEquals("on", show("transaction_deferrable"));
            assertEquals("on", show("transaction_read_only"));
            assertEquals("serializable", show("transaction_isolation"));
        });
        conn.execute("SET default_transaction_deferrable = on");
        conn.deferrable(Deferrable.NOT_DEFERRABLE);
        conn.transaction(tx -> assertEquals("off", show("transaction_deferrable")));
    }

    @Test
    void aModeCannotChangeInsideATransaction() {
        conn.transaction(tx -> {
            assertThrows(InterfaceException.class, () -> conn.isolation(Isolation.SERIALIZABLE));
            tx.execute("SELECT 1");
            assertThrows(InterfaceException.class, () -> conn.isolation(Isolation.SERIALIZABLE));
            assertThrows(InterfaceException.class, () -> conn.access(AccessMode.READ_ONLY));
            assertThrows(InterfaceException.class, () -> conn.deferrable(Deferrable.DEFERRABLE));
            assertThrows(InterfaceException.class, () -> conn.autocommit(false));
            TransactionMode other = TransactionMode.DEFAULT.with(Isolation.SERIALIZABLE);
            assertThrows(InterfaceException.class, () -> conn.begin(other));
            tx.execute(INSERT, 1);
        });
        assertEquals(TransactionMode.DEFAULT, conn.transactionMode());
        assertEquals("[1]", committed());
    }

    @Test
    void committingAFailedTransactionThrowsAndRollsBack() {
        conn.begin();
        conn.execute(INSERT, 1);
        assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1/0"));
        assertThrows(InFailedTransactionException.class, conn::commit);
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertThrows(
                InFailedTransactionException.class,
                () -> conn.transaction(tx -> {
                    tx.execute(INSERT, 2);
                    assertThrows(DivisionByZeroException.class, () -> tx.execute("SELECT 1/0"));
                }));
        assertFalse(conn.inTransaction());
        assertEquals("[]", committed());
    }

    @Test
    void aFailureAtCommitIsThrownByCommit() {
        conn.execute("CREATE TEMP TABLE parent (id int PRIMARY KEY)");
        conn.execute("CREATE TEMP TABLE child (parent int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
        conn.begin();
        conn.execute("INSERT INTO child VALUES (1)");
        assertThrows(ForeignKeyViolationException.class, conn::commit);
        assertFalse(conn.inTransaction());
        assertEquals(0, conn.execute("SELECT * FROM child").fetchAll().size());
    }

    @Test
    void aSerializationFailureIsRetryable() {
        conn.execute(INSERT, 1);
        conn.isolation(Isolation.REPEATABLE_READ);
        conn.begin();
        conn.execute("SELECT * FROM transaction_it");
        witness.execute("UPDATE transaction_it SET id = 2");
        SerializationFailureException failure = assertThrows(
                SerializationFailureException.class, () -> conn.execute("UPDATE transaction_it SET id = 3"));
        assertTrue(failure.isRetryable());
        conn.rollback();
        conn.transaction(tx -> tx.execute("UPDATE transaction_it SET id = 3"));
        assertEquals("[3]", committed());
    }

    /** The first statement carries the BEGIN with it; a value that never leaves must not take it away. */
    @Test
    void aBadValueInTheFirstStatementDoesNotLoseTheTransaction() {
        conn.begin();
        assertThrows(DataException.class, () -> conn.execute(INSERT, 5_000_000_000L));
        assertTrue(conn.inTransaction());
        conn.execute(INSERT, 1);
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        conn.rollback();
        conn.execute(INSERT, 2);
        conn.begin();
        assertThrows(DataException.class, () -> conn.execute(INSERT, 5_000_000_000L));
        assertThrows(InterfaceException.class, () -> conn.execute(INSERT, 1, 2));
        assertThrows(DataException.class, () -> conn.cursor().executeMany(INSERT, List.of(List.of(5_000_000_000L))));
        assertTrue(conn.inTransaction());
        conn.execute(INSERT, 3);
        conn.rollback();
        assertEquals("[2]", committed());
    }

    /** Without a transaction there is nothing to keep, and no reason to lose what is unread. */
    @Test
    void commitOutsideATransactionLeavesALargeResultAlone() {
        Cursor cur = conn.execute("SELECT g, repeat('x', 8000) FROM generate_series(1, 10000) g");
        assertTrue(cur.next());
        assertFalse(conn.inTransaction());
        conn.commit();
        assertEquals(9_999, cur.stream().count());
    }

    /** A statement that is run for the second time carries the BEGIN itself, whose answer comes behind the rows. */
    @Test
    void whileALargeResultIsReadItsTransactionIsInProgress() {
        conn.autocommit(false);
        for (int round = 0; round < 3; round++) {
            Cursor cur = conn.execute("SELECT g, repeat('x', 8000) FROM generate_series(1, 10000) g");
            assertTrue(cur.next());
            assertTrue(conn.inTransaction());
            assertThrows(InterfaceException.class, () -> conn.autocommit(true));
            conn.rollback();
            assertFalse(conn.inTransaction());
            assertThrows(InterfaceException.class, () -> cur.stream().count());
        }
    }

    /** More is left unread than is set aside; the transaction must end all the same. */
    @Test
    void aTransactionEndsThoughALargeResultIsHalfRead() {
        String large = "SELECT g, repeat('x', 8000) FROM generate_series(1, 10000) g";
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> conn.transaction(tx -> {
                    tx.execute(INSERT, 1);
                    for (Row row : tx.execute(large)) {
                        throw new IllegalStateException("at row " + row.getInt(0));
                    }
                }));
        assertEquals("at row 1", thrown.getMessage());
        assertEquals(0, thrown.getSuppressed().length);
        assertFalse(conn.inTransaction());
        conn.execute(INSERT, 2);
        Cursor[] left = new Cursor[1];
        conn.transaction(tx -> {
            tx.execute(INSERT, 3);
            left[0] = tx.execute(large);
            assertTrue(left[0].next());
        });
        assertFalse(conn.inTransaction());
        assertEquals("[2, 3]", committed());
        int read = 1;
        try {
            while (left[0].next()) {
                read++;
            }
            assertEquals(10_000, read);
        } catch (PgException told) {
            assertTrue(read < 10_000);
        }
        assertEquals(1, conn.execute("SELECT 1").fetchAll().size());
    }

    @Test
    void aTransactionThatTheConnectionEndedDoesNotRollBackTheNextOne() {
        try (Connection own = Postgres.connect(TestServer.shared().dsn())) {
            own.execute("CREATE TEMP TABLE ended (i int)");
            Transaction first = own.begin();
            first.execute("INSERT INTO ended VALUES (1)");
            own.commit();
            assertTrue(first.hasEnded());
            Transaction second = own.begin();
            second.execute("INSERT INTO ended VALUES (2)");
            first.close();
            assertThrows(InterfaceException.class, first::commit);
            second.commit();
            assertEquals(2, own.execute("SELECT count(*) FROM ended").fetchOne().getLong(0));
        }
    }
}
