package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.pool.NoConnectionException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.InstalledPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads from standbys: a primary of the distribution's PostgreSQL, and two standbys that follow it. */
@Timeout(180)
class PoolReadsIT {
    /** With this number of connections, each on a standby at random, one run in 100,000 finds all of them on the same. */
    private static final int READERS = 20;

    private static final String PORT = "SELECT inet_server_port()";
    private static final Duration SHORT_LIFE = Duration.ofSeconds(2);

    private static InstalledPostgres primary;
    private static InstalledPostgres first;
    private static InstalledPostgres second;

    @BeforeAll
    static void start() {
        assumeTrue(InstalledPostgres.isInstalled(), "not run: no PostgreSQL server is installed");
        // The checkpoint of one copy must not take away what the other still needs.
        primary = InstalledPostgres.builder().setting("wal_keep_size", "256MB").start();
        CompletableFuture<InstalledPostgres> other = CompletableFuture.supplyAsync(PoolReadsIT::standby);
        try {
            first = standby();
        } finally {
            second = other.join();
        }
        run(primary, "CREATE TABLE written (id int)");
        // A user that is not told all about replication.
        run(primary, "CREATE ROLE reader LOGIN");
        run(primary, "GRANT ALL ON written TO reader");
        for (InstalledPostgres standby : List.of(first, second)) {
            Until.holds(() -> ask(standby, "SELECT count(*) FROM pg_roles WHERE rolname = 'reader'")
                    .equals(1L));
        }
    }

    private static InstalledPostgres standby() {
        return InstalledPostgres.builder()
                .standbyOf(primary)
                .setting("wal_retrieve_retry_interval", "200ms")
                .start();
    }

    @AfterAll
    static void stop() {
        for (InstalledPostgres server : new InstalledPostgres[] {second, first, primary}) {
            if (server != null) {
                server.close();
            }
        }
    }

    private static void run(InstalledPostgres server, String sql) {
        try (Connection connection = Postgres.connect(server.dsn())) {
            connection.execute(sql);
        }
    }

    private static Object ask(InstalledPostgres server, String sql) {
        try (Connection connection = Postgres.connect(server.dsn())) {
            return connection.execute(sql).fetchOne().get(0);
        }
    }

    private static PoolConfig.Builder config(String user, InstalledPostgres... servers) {
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (InstalledPostgres server : servers) {
            hosts.add("127.0.0.1");
            ports.add(Integer.toString(server.port()));
        }
        return PoolConfig.builder("host=" + String.join(",", hosts) + " port=" + String.join(",", ports) + " user="
                        + user + " dbname=postgres target_session_attrs=primary")
                .maxSize(4)
                .maxReaders(READERS);
    }

    /** Where the connections of a pool are when all of them are borrowed. */
    private static Set<Integer> places(Pool reads) {
        Set<Integer> places = new TreeSet<>();
        List<Connection> all = new ArrayList<>();
        try {
            // The lanes have theirs.
            for (int i = 0; i < reads.config().maxSize() - reads.config().lanes(); i++) {
                Connection connection = reads.connection();
                all.add(connection);
                places.add(connection.execute(PORT).fetchOne().getInt(0));
            }
        } finally {
            all.forEach(Connection::close);
        }
        return places;
    }

    /** Where the statements on lanes are served. */
    private static Set<Integer> lanePlaces(Pool reads) {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            all.add(CompletableFuture.supplyAsync(() -> reads.execute(PORT).scalar(Integer.class)));
        }
        Set<Integer> places = new TreeSet<>();
        all.forEach(each -> places.add(each.join()));
        return places;
    }

    private static void assertRefused(Pool reads) {
        DatabaseException refused =
                assertThrows(DatabaseException.class, () -> reads.execute("INSERT INTO written VALUES (1)"));
        assertEquals("25006", refused.sqlState());
    }

    private static void assertStaysReadOnly(Pool reads) {
        try (Connection connection = reads.connection()) {
            connection.execute("SET default_transaction_read_only = off");
        }
        try (Connection connection = reads.connection()) {
            assertEquals(
                    "on",
                    connection
                            .execute("SHOW default_transaction_read_only")
                            .fetchOne()
                            .getString(0));
        }
        assertEquals(1, reads.stats().resets());
        assertEquals(0, reads.stats().discarded());
    }

    @Test
    void readsAreSpreadOverTheStandbysAndWritesGoToThePrimary() {
        try (Pool pool =
                Postgres.pool(config("postgres", second, primary, first).build())) {
            Pool reads = pool.reads();
            assertSame(reads, pool.reads());
            assertSame(reads, reads.reads());
            assertEquals(Set.of(first.port(), second.port()), places(reads));
            for (int i = 0; i < 5; i++) {
                assertFalse(lanePlaces(reads).contains(primary.port()));
            }
            int asynchronous = reads.async()
                    .withConnection(connection -> connection.execute(PORT))
                    .join()
                    .scalar(Integer.class);
            assertTrue(Set.of(first.port(), second.port()).contains(asynchronous));
            assertRefused(reads);
            assertStaysReadOnly(reads);
            assertEquals(1, pool.execute("INSERT INTO written VALUES (1)").rowCount());
            pool.transaction(tx -> {
                tx.execute("INSERT INTO written VALUES (2)");
                assertEquals(primary.port(), tx.execute(PORT).fetchOne().getInt(0));
            });
            assertEquals(4, pool.stats().maxSize());
            assertEquals(READERS, reads.stats().maxSize());
            assertTrue(pool.drain(Duration.ofSeconds(5)));
            assertTrue(reads.isClosed());
        }
    }

    @Test
    void aStandbyThatStopsIsDoneWithoutAndHasItsShareWhenItIsBack() {
        PoolConfig config = config("postgres", first, second, primary)
                .maxReaders(8)
                .maxLifetime(SHORT_LIFE)
                .maxLag(Duration.ofHours(1))
                .build();
        try (Pool pool = Postgres.pool(config)) {
            Pool reads = pool.reads();
            Until.holds(() -> places(reads).contains(second.port()));
            second.stop();
            for (int i = 0; i < 3; i++) {
                assertEquals(Set.of(first.port()), places(reads));
                assertEquals(Set.of(first.port()), lanePlaces(reads));
            }
            second.startAgain();
            Until.holds(() -> places(reads).equals(Set.of(first.port(), second.port())));
        }
    }

    private static PoolConfig.Builder near() {
        return config("reader", first, second, primary)
                .maxReaders(8)
                .maxLag(Duration.ofMillis(500))
                .validateAfter(Duration.ofMillis(100));
    }

    @Test
    void aStandbyThatIsTooFarBehindIsLeftAndComesBack() {
        // Connections of this pool live for minutes: only the question makes them leave.
        try (Pool pool = Postgres.pool(near().build())) {
            Pool reads = pool.reads();
            Until.holds(() -> places(reads).contains(second.port()));
            run(second, "SELECT pg_wal_replay_pause()");
            pool.execute("INSERT INTO written VALUES (3)");
            Until.holds(() -> places(reads).equals(Set.of(first.port())));
            Until.holds(() -> lanePlaces(reads).equals(Set.of(first.port())));
        }
        try (Pool pool = Postgres.pool(near().maxLifetime(SHORT_LIFE).build())) {
            Pool reads = pool.reads();
            run(first, "SELECT pg_wal_replay_pause()");
            pool.execute("INSERT INTO written VALUES (4)");
            Until.holds(() -> places(reads).equals(Set.of(primary.port())));
            Until.holds(() -> lanePlaces(reads).equals(Set.of(primary.port())));
            assertRefused(reads);
            assertNoneIsNearEnough();

            run(first, "SELECT pg_wal_replay_resume()");
            run(second, "SELECT pg_wal_replay_resume()");
            Until.holds(() -> places(reads).equals(Set.of(first.port(), second.port())));
            Until.holds(() -> !lanePlaces(reads).contains(primary.port()));
        }
    }

    private static void assertNoneIsNearEnough() {
        PoolConfig config = config("reader", first, second)
                .maxLag(Duration.ofMillis(1))
                .acquireTimeout(Duration.ofSeconds(1))
                .build();
        try (Pool pool = Postgres.pool(config)) {
            Until.holds(() -> {
                String text = assertThrows(NoConnectionException.class, pool.reads()::connection)
                        .getMessage();
                // On a busy machine no try may be over by then.
                return String.valueOf(text).contains("port " + second.port() + " was left: it is ")
                        && text.contains(" s behind its primary, expected a standby that is at most 0.001 s");
            });
        }
    }
}
