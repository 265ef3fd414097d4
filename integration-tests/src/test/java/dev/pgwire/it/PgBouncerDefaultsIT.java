package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients who do not know that there is a pooler, with statements prepared by default: whatever server process they meet, no
 * answer may be wrong, and an error says {@code prepare=never}.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PgBouncerDefaultsIT {
    private static final int CLIENTS = 8;
    private static final int FEW = 200;
    private static final int MANY = 2_000;
    private static final int OFTEN = 10;
    private static final int SELDOM = 250;

    @BeforeAll
    static void isThere() {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed here: apt-get install pgbouncer");
    }

    @Test
    void noAnswerIsWrongWhereTransactionsShareThreeProcesses() throws Exception {
        PoolerFindings found = run(MANY, SELDOM, 3, "server_round_robin = 1");
        assertMostAreAnswered(found);
    }

    @Test
    void noAnswerIsWrongWhereTransactionsShareOneProcess() throws Exception {
        PoolerFindings found = run(FEW, OFTEN, 1);
        assertEquals(0, found.refusals(), "refused on the process that has everything that was prepared");
    }

    @Test
    void noAnswerIsWrongWhereEveryTransactionEndsWithDiscardAll() throws Exception {
        PoolerFindings found = run(FEW, SELDOM, 2, "server_reset_query = DISCARD ALL", "server_reset_query_always = 1");
        assertMostAreAnswered(found);
    }

    @Test
    void noAnswerIsWrongWhereEveryTransactionDeallocatesAll() throws Exception {
        PoolerFindings found =
                run(FEW, SELDOM, 2, "server_reset_query = DEALLOCATE ALL", "server_reset_query_always = 1");
        assertMostAreAnswered(found);
    }

    @Test
    void nothingIsRefusedWhereASessionHasItsProcessAndIsDiscardedAfterIt() throws Exception {
        PoolerFindings found = run(FEW, OFTEN, 3, "pool_mode = session", "server_reset_query = DISCARD ALL");
        assertEquals(0, found.refusals());
    }

    /** The next client finds what the one before has prepared. */
    @Test
    void nothingIsRefusedWhereASessionLeavesItsStatementsToTheNext() throws Exception {
        PoolerFindings found = run(FEW, OFTEN, 3, "pool_mode = session", "server_reset_query =");
        assertEquals(0, found.refusals());
    }

    private static void assertMostAreAnswered(PoolerFindings found) {
        assertTrue(
                found.answers() > found.refusals(),
                () -> found.answers() + " were answered and " + found.refusals() + " refused");
    }

    /** Has all clients run at the same time, and holds all that they were answered and all that they inserted against what is right. */
    private static PoolerFindings run(int statements, int statementsOfAConnection, int poolSize, String... settings)
            throws Exception {
        Seed seed = Seed.take();
        PoolerFindings found = new PoolerFindings();
        List<PoolerClient> clients = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (Connection direct = Postgres.connect(TestServer.shared().dsn());
                PgBouncer bouncer = PgBouncer.start(TestServer.shared(), poolSize, settings)) {
            PooledTable.createAll(direct);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                PoolerClient client =
                        new PoolerClient(bouncer.dsn(""), i, seed.random(i), found, statementsOfAConnection);
                clients.add(client);
                running.add(threads.submit(() -> client.run(statements)));
            }
            for (Future<?> client : running) {
                client.get();
            }
            System.out.println(
                    "PgBouncerDefaultsIT: " + found.answers() + " answered, " + found.refusals() + " refused");
            assertEquals("", found.complaints());
            for (PooledTable table : PooledTable.values()) {
                assertEquals(0, table.strangers(direct), "rows of others in " + table);
                for (int i = 0; i < CLIENTS; i++) {
                    assertEquals(
                            clients.get(i).inserted(table), table.rowsOf(direct, i), "rows of " + i + " in " + table);
                }
            }
            PooledTable.dropAll(direct);
        } finally {
            threads.shutdownNow();
        }
        return found;
    }
}
