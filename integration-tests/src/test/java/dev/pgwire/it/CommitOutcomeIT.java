package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.TransactionOutcome;
import dev.pgwire.pool.Pool;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The outcome that is reported of a COMMIT whose connection was lost is what the table shows. */
class CommitOutcomeIT {
    /** How often the backend is killed, for each of the two faces. */
    private static final int KILLS = 100;

    private static final String LOOKUP = " commit_outcome=lookup sslmode=disable";

    private Connection judge;

    /** Which of the two faces commits. */
    enum Face {
        BLOCKING,
        ASYNCHRONOUS
    }

    @BeforeEach
    void connect() {
        judge = Postgres.connect(TestServer.shared().dsn());
        judge.execute("DROP TABLE IF EXISTS outcome");
        judge.execute("CREATE TABLE outcome (id int PRIMARY KEY)");
        judge.executeSimple("CREATE OR REPLACE FUNCTION slow_commit() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_sleep(NEW.id % 4 * 0.0005); RETURN NULL; END'");
        judge.execute("CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON outcome DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION slow_commit()");
    }

    @AfterEach
    void disconnect() {
        judge.execute("DROP TABLE outcome");
        judge.close();
    }

    private boolean isStored(int id) {
        return judge.execute("SELECT count(*) FROM outcome WHERE id = $1", id)
                        .fetchOne()
                        .getLong(0)
                == 1;
    }

    /**
     * Stores a row in a transaction of its own.
     *
     * @param commits is called with the process id of the server before the COMMIT
     * @return why the COMMIT has failed; null if it has not
     */
    private static @Nullable DatabaseException store(Face face, String dsn, int id, IntConsumer commits) {
        return face == Face.BLOCKING ? storeBlocking(dsn, id, commits) : storeLater(dsn, id, commits);
    }

    private static @Nullable DatabaseException storeBlocking(String dsn, int id, IntConsumer commits) {
        try (Connection conn = Postgres.connect(dsn)) {
            conn.begin();
            conn.execute("INSERT INTO outcome VALUES ($1)", id);
            commits.accept(conn.processId());
            try {
                conn.commit();
                return null;
            } catch (DatabaseException failed) {
                return failed;
            }
        }
    }

    private static @Nullable DatabaseException storeLater(String dsn, int id, IntConsumer commits) {
        AsyncConnection conn = Postgres.connectAsync(dsn).join();
        try {
            conn.begin().join();
            conn.execute("INSERT INTO outcome VALUES ($1)", id).join();
            commits.accept(conn.processId());
            conn.commit().join();
            return null;
        } catch (CompletionException failed) {
            return (DatabaseException) failed.getCause();
        } finally {
            conn.close().join();
        }
    }

    private void assertAsStored(int id, DatabaseException failed) {
        TransactionOutcome expected = isStored(id) ? TransactionOutcome.COMMITTED : TransactionOutcome.ABORTED;
        assertEquals(expected, failed.transactionOutcome(), failed.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void theBackendIsKilledAtCommit(Face face) throws Exception {
        Random random = Seed.take(face.name()).random();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Connection killer = Postgres.connect(TestServer.shared().dsn())) {
            killer.execute("SELECT pg_terminate_backend(0)");
            int kills = 0;
            for (int id = 0; kills < Seed.draws(KILLS); id++) {
                CyclicBarrier together = new CyclicBarrier(2);
                int spins = random.nextInt(200_000);
                Future<?>[] kill = new Future<?>[1];
                DatabaseException failed = store(face, TestServer.shared().dsn(LOOKUP), id, process -> {
                    kill[0] = executor.submit(() -> {
                        together.await();
                        for (int i = 0; i < spins; i++) {
                            Thread.onSpinWait();
                        }
                        return killer.execute("SELECT pg_terminate_backend($1)", process)
                                .fetchOne();
                    });
                    await(together);
                });
                kill[0].get();
                if (failed == null) {
                    assertTrue(isStored(id));
                } else {
                    assertAsStored(id, failed);
                    kills++;
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCKING, BEFORE",
        "BLOCKING, BEHIND",
        "BLOCKING, ANSWERED",
        "ASYNCHRONOUS, BEFORE",
        "ASYNCHRONOUS, BEHIND",
        "ASYNCHRONOUS, ANSWERED"
    })
    void theConnectionIsCut(Face face, CommitCuttingProxy.Cut cut) {
        TestServer server = TestServer.shared();
        Set<TransactionOutcome> found = EnumSet.noneOf(TransactionOutcome.class);
        try (CommitCuttingProxy proxy = CommitCuttingProxy.before(server.port())) {
            proxy.cuts(cut);
            String dsn = server.dsn(LOOKUP + " host=127.0.0.1 port=" + proxy.port());
            for (int id = 0; id < 20; id++) {
                DatabaseException failed = store(face, dsn, id, process -> {});
                assertAsStored(id, failed);
                found.add(failed.transactionOutcome());
            }
        }
        assertEquals(
                Set.of(
                        cut == CommitCuttingProxy.Cut.BEFORE
                                ? TransactionOutcome.ABORTED
                                : TransactionOutcome.COMMITTED),
                found);
    }

    @Test
    void aTransactionThatIsNotLookedUpHasNoOutcome() {
        DatabaseException failed = store(
                Face.BLOCKING,
                TestServer.shared().dsn(),
                1,
                process -> judge.execute("SELECT pg_terminate_backend($1, 60000)", process));
        assertNull(failed.transactionOutcome());
    }

    /** What has written nothing has no id, and what the server has refused was told by the server. */
    @Test
    void onlyALossIsLookedUp() {
        TestServer server = TestServer.shared();
        try (Pool pool = Postgres.pool(server.dsn(LOOKUP))) {
            pool.transaction(tx -> tx.execute("INSERT INTO outcome VALUES (1)"));
            assertTrue(isStored(1));
            DatabaseException failed = assertThrows(
                    DatabaseException.class,
                    () -> pool.transaction(tx -> {
                        tx.execute(
                                "CREATE TEMP TABLE later (id int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP");
                        tx.execute("INSERT INTO later VALUES (1), (1)");
                    }));
            assertEquals("23505", failed.sqlState());
            assertNull(failed.transactionOutcome());
            failed = assertThrows(
                    DatabaseException.class,
                    () -> pool.transaction(tx -> {
                        tx.execute("SELECT 1");
                        tx.execute("SELECT set_config('statement_timeout', '1h', true)");
                        judge.execute(
                                "SELECT pg_terminate_backend($1, 60000)",
                                tx.connection().processId());
                    }));
            assertEquals(TransactionOutcome.ABORTED, failed.transactionOutcome());
        }
        try (CommitCuttingProxy proxy = CommitCuttingProxy.before(server.port());
                Connection conn = Postgres.connect(server.dsn(LOOKUP + " host=127.0.0.1 port=" + proxy.port()))) {
            proxy.cuts(CommitCuttingProxy.Cut.BEHIND);
            DatabaseException failed =
                    assertThrows(DatabaseException.class, () -> conn.transaction(tx -> tx.execute("SELECT 1")));
            assertEquals(TransactionOutcome.UNKNOWN, failed.transactionOutcome());
        }
    }
}
