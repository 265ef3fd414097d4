package dev.pgwire;

import static dev.pgwire.fixture.Messages.FAILED;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Command;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(30)
class TransactionTest {
    /** BEGIN and a statement in one flight, and the answer to both. */
    private static Flow begun(Flow flow, String begin, String sql) {
        return flow.unprepared(begin)
                .unprepared(sql)
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("BEGIN"))
                .send(Flow.unpreparedAnswer("SET"))
                .send(IN_TRANSACTION);
    }

    private static Flow begun() {
        return begun(Flow.greeted(), "BEGIN", "SET x");
    }

    @Test
    void beginRidesWithTheFirstStatement() throws Exception {
        begun().query("COMMIT", done("COMMIT"), READY).playToGoodbye(connection -> {
            Transaction transaction = connection.begin();
            assertTrue(connection.inTransaction());
            assertEquals(TransactionStatus.IDLE, connection.transactionStatus());
            transaction.execute("SET x");
            assertEquals(TransactionStatus.IN_TRANSACTION, connection.transactionStatus());
            transaction.commit();
            assertFalse(connection.inTransaction());
            assertTrue(transaction.hasEnded());
        });
    }

    @Test
    void beginGoesAheadOfASimpleQuery() throws Exception {
        Flow flow = Flow.greeted()
                .query("BEGIN", done("BEGIN"), IN_TRANSACTION)
                .query("SET a; SET b", done("SET"), done("SET"), IN_TRANSACTION)
                .query("ROLLBACK", done("ROLLBACK"), READY);
        flow.playToGoodbye(connection -> {
            try (Transaction transaction = connection.begin()) {
                transaction.execute("SET a; SET b");
            }
        });
    }

    @Test
    void aTransactionWithoutAStatementCostsNothing() throws Exception {
        Flow.greeted().utility("SET x", READY).playToGoodbye(connection -> {
            connection.begin().commit();
            connection.begin().rollback();
            connection.transaction(transaction -> {});
            connection.commit();
            connection.rollback();
            connection.execute("SET x");
        });
    }

    @Test
    void aCommitThatAnswersRollbackThrows() throws Exception {
        Flow flow = begun().unprepared("SET y")
                .expect(Command.SYNC)
                .send(error("22012", "division by zero"), FAILED)
                .query("COMMIT", done("ROLLBACK"), READY);
        flow.playToGoodbye(connection -> {
            Transaction transaction = connection.begin();
            transaction.execute("SET x");
            assertThrows(DivisionByZeroException.class, () -> transaction.execute("SET y"));
            assertEquals(TransactionStatus.FAILED, connection.transactionStatus());
            assertThrows(InFailedTransactionException.class, transaction::commit);
            assertEquals(TransactionStatus.IDLE, connection.transactionStatus());
            assertThrows(InterfaceException.class, transaction::commit);
            assertThrows(InterfaceException.class, transaction::rollback);
            transaction.close();
        });
    }

    @Test
    void aBeginThatFailsFailsItsStatement() throws Exception {
        Flow flow = Flow.greeted()
                .unprepared("BEGIN")
                .unprepared("SET x")
                .expect(Command.SYNC)
                .send(error("22012", "no"), READY)
                .utility("SET x", READY);
        flow.playToGoodbye(connection -> {
            Transaction transaction = connection.begin();
            assertThrows(DivisionByZeroException.class, () -> transaction.execute("SET x"));
            assertFalse(connection.inTransaction());
            assertTrue(transaction.hasEnded());
            for (Executable call : List.<Executable>of(transaction::commit, () -> transaction.execute("SET y"))) {
                String message = assertThrows(InterfaceException.class, call).getMessage();
                assertTrue(message.contains("did not begin"), message);
            }
            transaction.rollback();
            transaction.close();
            connection.execute("SET x");
        });
    }

    @Test
    void withoutAutocommitEveryFirstStatementBegins() throws Exception {
        Flow flow = begun().utility("SET y", IN_TRANSACTION).query("COMMIT", done("COMMIT"), READY);
        begun(flow, "BEGIN", "SET z").query("ROLLBACK", done("ROLLBACK"), READY).utility("SET a", READY);
        flow.playToGoodbye(connection -> {
            connection.autocommit(false);
            connection.commit();
            connection.execute("SET x");
            connection.execute("SET y");
            assertThrows(InterfaceException.class, () -> connection.autocommit(true));
            connection.commit();
            connection.execute("SET z");
            connection.rollback();
            connection.autocommit(true);
            connection.execute("SET a");
        });
    }

    @Test
    void theModeStandsInTheBegin() throws Exception {
        Flow flow = begun(Flow.greeted(), "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE", "SET x")
                .query("COMMIT", done("COMMIT"), READY);
        begun(flow, "BEGIN ISOLATION LEVEL REPEATABLE READ", "SET x").query("COMMIT", done("COMMIT"), READY);
        flow.playToGoodbye(connection -> {
            connection.isolation(Isolation.SERIALIZABLE);
            connection.access(AccessMode.READ_ONLY);
            connection.deferrable(Deferrable.DEFERRABLE);
            connection.transaction(transaction -> {
                transaction.execute("SET x");
            });
            TransactionMode mode = TransactionMode.DEFAULT.with(Isolation.REPEATABLE_READ);
            connection.transaction(mode, transaction -> {
                transaction.execute("SET x");
                assertThrows(InterfaceException.class, () -> connection.begin(mode));
                assertThrows(InterfaceException.class, () -> connection.isolation(Isolation.SERIALIZABLE));
            });
        });
    }

    @Test
    void nestedTransactionsAreSavepoints() throws Exception {
        Flow flow = begun().query("SAVEPOINT pgwire_1", done("SAVEPOINT"), IN_TRANSACTION)
                .utility("SET y", IN_TRANSACTION)
                .query("RELEASE SAVEPOINT pgwire_1", done("RELEASE"), IN_TRANSACTION)
                .query("SAVEPOINT pgwire_2", done("SAVEPOINT"), IN_TRANSACTION)
                .query("ROLLBACK TO SAVEPOINT pgwire_2", done("ROLLBACK"), IN_TRANSACTION)
                .query("RELEASE SAVEPOINT pgwire_2", done("RELEASE"), IN_TRANSACTION)
                .query("COMMIT", done("COMMIT"), READY);
        flow.playToGoodbye(connection -> connection.transaction(outer -> {
            outer.execute("SET x");
            outer.transaction(inner -> {
                inner.execute("SET y");
            });
            assertThrows(
                    IllegalStateException.class,
                    () -> outer.transaction(inner -> {
                        throw new IllegalStateException("on purpose");
                    }));
        }));
    }

    @Test
    void aSavepointBeforeAnyStatementBeginsFirst() throws Exception {
        Flow flow = Flow.greeted()
                .query("BEGIN", done("BEGIN"), IN_TRANSACTION)
                .query("SAVEPOINT pgwire_1", done("SAVEPOINT"), IN_TRANSACTION)
                .query("RELEASE SAVEPOINT pgwire_1", done("RELEASE"), IN_TRANSACTION)
                .query("ROLLBACK", done("ROLLBACK"), READY);
        flow.playToGoodbye(connection -> {
            try (Transaction outer = connection.begin()) {
                outer.begin().commit();
            }
        });
    }

    @Test
    void aBlockThatThrowsRollsBackAndThrowsTheSame() throws Exception {
        begun().query("ROLLBACK", done("ROLLBACK"), READY).playToGoodbye(connection -> {
            Exception thrown = assertThrows(
                    Exception.class,
                    () -> connection.transaction(transaction -> {
                        transaction.execute("SET x");
                        throw new Exception("on purpose");
                    }));
            assertEquals("on purpose", thrown.getMessage());
            assertEquals(0, thrown.getSuppressed().length);
        });
    }

    @Test
    void aBlockMayEndItsTransactionAndReturnAValue() throws Exception {
        begun().query("ROLLBACK", done("ROLLBACK"), READY).playToGoodbye(connection -> {
            List<Integer> value = connection.transactionReturning(transaction -> {
                transaction.execute("SET x");
                transaction.rollback();
                return List.of(1);
            });
            assertEquals(List.of(1), value);
        });
    }

    /** The server says no more than that there is no transaction any more, for BEGIN went with the statement that ends it. */
    @Test
    void aBlockThatBeginsWithItsOwnEndIsNoticed() throws Exception {
        Flow flow = Flow.greeted()
                .unprepared("BEGIN")
                .unprepared("COMMIT")
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("BEGIN"))
                .send(Flow.unpreparedAnswer("COMMIT"))
                .send(READY)
                .utility("SET y", READY);
        flow.playToGoodbye(connection -> {
            InterfaceException noticed =
                    assertThrows(InterfaceException.class, () -> connection.transaction(tx -> tx.execute("COMMIT")));
            assertTrue(noticed.getMessage().contains("ended by a statement"), noticed.getMessage());
            connection.execute("SET y");
        });
    }

    /** What is queued is sent by the block's end, which then finds out. */
    @Test
    void anEndThatIsStillQueuedInAPipelineIsNoticed() throws Exception {
        Flow flow = Flow.greeted()
                .unprepared("BEGIN")
                .unprepared("COMMIT")
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("BEGIN"))
                .send(Flow.unpreparedAnswer("COMMIT"))
                .send(READY);
        flow.playToGoodbye(connection -> {
            Pipeline pipeline = connection.pipeline();
            assertThrows(InterfaceException.class, () -> connection.transaction(tx -> pipeline.execute("COMMIT")));
            pipeline.close();
        });
    }

    /** While statements wait in a pipeline, the server has not told yet that it is in a transaction. */
    @Test
    void aTransactionWhoseBeginIsUnderWayIsInProgress() throws Exception {
        Flow flow = Flow.greeted()
                .unprepared("BEGIN")
                .unprepared("SET a")
                .unprepared("SET b")
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("BEGIN"))
                .send(Flow.unpreparedAnswer("SET"))
                .send(Flow.unpreparedAnswer("SET"))
                .send(IN_TRANSACTION)
                .utility("SET c", IN_TRANSACTION)
                .query("COMMIT", done("COMMIT"), READY);
        flow.playToGoodbye(connection -> connection.transaction(tx -> {
            try (Pipeline pipeline = tx.pipeline()) {
                pipeline.execute("SET a");
                assertFalse(tx.hasEnded());
                pipeline.execute("SET b");
            }
            tx.execute("SET c");
        }));
    }

    @Test
    void aTransactionThatHasEndedRefusesEverything() throws Exception {
        begun().query("COMMIT", done("COMMIT"), READY).playToGoodbye(connection -> {
            Transaction ended = connection.begin();
            ended.execute("SET x");
            ended.commit();
            List<Executable> calls = List.of(
                    ended::commit,
                    ended::rollback,
                    ended::cursor,
                    ended::pipeline,
                    ended::begin,
                    () -> ended.execute("SET x"),
                    () -> ended.execute("SET x", null),
                    () -> ended.executeSimple("SET x"),
                    () -> ended.executeMany("SET x", List.of()),
                    () -> ended.insertMany("t", List.of("id"), List.of()),
                    () -> ended.transaction(tx -> {}),
                    () -> ended.transactionReturning(tx -> 1));
            for (Executable call : calls) {
                String message = assertThrows(InterfaceException.class, call).getMessage();
                assertTrue(message.contains("the transaction has ended"), message);
            }
            ended.close();
        });
    }
}
