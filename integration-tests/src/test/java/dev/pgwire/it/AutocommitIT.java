package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.config.Config;
import dev.pgwire.notification.Subscriber;
import dev.pgwire.notification.SubscriberConfig;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.SessionReset;
import dev.pgwire.testkit.TestServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections whose Config says that statements do not commit by themselves. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AutocommitIT {
    private static final String INSERT = "INSERT INTO autocommit_it VALUES (1)";
    private static final String COUNT = "SELECT count(*) FROM autocommit_it";

    private static Connection owner;

    @BeforeAll
    static void createTable() {
        owner = Postgres.connect(TestServer.shared().dsn());
        owner.execute("CREATE TABLE autocommit_it (id int)");
    }

    @AfterAll
    static void dropTable() {
        owner.execute("DROP TABLE autocommit_it");
        owner.close();
    }

    private static Config config() {
        return Config.parse(TestServer.shared().dsn()).toBuilder()
                .autocommit(false)
                .build();
    }

    /** How many rows there are, which are gone afterwards. */
    private static int committed() {
        return (int) owner.execute("DELETE FROM autocommit_it").rowCount();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionBeginsSoAndIsSoAgainBehindAReset() {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn("autocommit=off"))) {
            assertFalse(conn.autocommit());
            for (int i = 0; i < 2; i++) {
                conn.execute(INSERT);
                assertTrue(conn.inTransaction());
                conn.rollback();
                assertEquals(0, committed());
                conn.execute(INSERT);
                conn.commit();
                assertEquals(1, committed());
                conn.autocommit(true);
                conn.execute(INSERT);
                assertEquals(1, committed());
                conn.reset();
                assertFalse(conn.autocommit());
            }
        }
    }

    @Test
    void anAsynchronousConnectionDoesTheSame() throws Exception {
        AsyncConnection conn = get(Postgres.connectAsync(config()));
        assertFalse(conn.autocommit());
        for (int i = 0; i < 2; i++) {
            get(conn.execute(INSERT));
            assertTrue(get(conn.inTransaction()));
            get(conn.rollback());
            assertEquals(0, committed());
            get(conn.execute(INSERT));
            get(conn.commit());
            assertEquals(1, committed());
            get(conn.autocommit(true));
            get(conn.execute(INSERT));
            assertEquals(1, committed());
            get(conn.reset());
            assertFalse(conn.autocommit());
        }
        get(conn.close());
    }

    @Test
    void aPoolLendsItSoWhateverTheBorrowerBeforeHasSet() throws Exception {
        Pool pool = Postgres.pool(PoolConfig.builder(config())
                .maxSize(1)
                .sessionReset(SessionReset.ALWAYS)
                .build());
        try (pool) {
            for (int i = 0; i < 3; i++) {
                try (Connection conn = pool.connection()) {
                    assertFalse(conn.autocommit());
                    conn.execute(INSERT);
                }
                assertEquals(0, committed());
                try (Connection conn = pool.connection()) {
                    conn.execute(INSERT);
                    conn.commit();
                    conn.autocommit(true);
                }
                assertEquals(1, committed());
            }
        }
        Pool asynchronous =
                Postgres.pool(PoolConfig.builder(config()).maxSize(1).build());
        try (asynchronous) {
            for (int i = 0; i < 3; i++) {
                AsyncConnection conn = get(asynchronous.async().connection());
                assertFalse(conn.autocommit());
                get(conn.execute(INSERT));
                get(conn.close());
                assertEquals(0, committed());
            }
        }
    }

    /** Nothing could commit behind them. */
    @Test
    void whatThePoolRunsItselfCommits() throws Exception {
        for (int lanes : new int[] {0, 1}) {
            Pool pool = Postgres.pool(PoolConfig.builder(config())
                    .maxSize(2)
                    .lanes(lanes)
                    .configure(conn -> conn.execute("SET application_name = 'configured'"))
                    .build());
            try (pool) {
                pool.execute(INSERT);
                assertEquals(1, committed());
                pool.transaction(tx -> {
                    tx.execute(INSERT);
                });
                assertEquals(1, committed());
                pool.withConnection(conn -> {
                    assertEquals(
                            "configured", conn.execute("SHOW application_name").fetchScalar(String.class));
                });
                get(pool.async().execute(INSERT));
                assertEquals(1, committed());
            }
        }
    }

    @Test
    void aSubscriberHears() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (Subscriber subscriber = Postgres.subscribe(SubscriberConfig.builder(config())
                .channels("autocommit_it")
                .onNotification(each -> heard.complete(each.payload()))
                .build())) {
            get(subscriber.listening());
            owner.execute("NOTIFY autocommit_it, 'x'");
            assertEquals("x", get(heard));
        }
    }
}
