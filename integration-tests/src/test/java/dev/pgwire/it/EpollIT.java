package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.UndefinedTableException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.InstalledPostgres;
import dev.pgwire.testkit.TestServer;
import io.netty.channel.epoll.Epoll;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that live on an event loop of Netty's epoll. */
@Timeout(120)
class EpollIT {
    @BeforeEach
    void isThere() {
        assumeTrue(Epoll.isAvailable(), "not run: Netty's epoll is not there for this system");
    }

    private static AsyncConnection open(String dsn) {
        return get(Postgres.connectAsync(dsn + " transport=epoll"));
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError("the future failed, expected a value", failed.getCause());
        } catch (Exception late) {
            throw new AssertionError("the future did not complete", late);
        }
    }

    private static <X extends Throwable> X failure(Class<X> type, CompletableFuture<?> future) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> future.get(60, TimeUnit.SECONDS));
        return assertInstanceOf(type, failed.getCause());
    }

    /** What is asked of any connection. */
    private static void use(AsyncConnection conn) {
        assertEquals("epoll", conn.info().transport());
        List<CompletableFuture<Answer>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(conn.execute("SELECT $1::int", i));
        }
        for (int i = 0; i < all.size(); i++) {
            assertEquals(i, get(all.get(i)).scalar(Integer.class));
        }
        failure(UndefinedTableException.class, conn.execute("SELECT * FROM no_such_table"));
        String large = "x".repeat(10_000_000);
        assertEquals(large, get(conn.execute("SELECT $1::text", large)).scalar(String.class));
        assertEquals(
                100_000,
                get(conn.execute("SELECT repeat('y', 100) FROM generate_series(1, 100000)"))
                        .rows()
                        .size());
    }

    @Test
    void asynchronousConnectionsUseIt() {
        AsyncConnection conn = open(TestServer.shared().dsn());
        use(conn);
        get(conn.close());
    }

    @Test
    void itGoesThroughTls(@TempDir Path files) {
        try (TlsServer server = TlsServer.start(files)) {
            AsyncConnection conn = open(server.dsn(""));
            assertEquals("TLSv1.3", conn.info().tlsVersion());
            use(conn);
            get(conn.close());
        }
    }

    @Test
    void itGoesThroughAUnixSocket() {
        assumeTrue(InstalledPostgres.isInstalled(), "not run: no PostgreSQL server is installed");
        try (InstalledPostgres server = InstalledPostgres.builder().start()) {
            String dsn = "host=" + server.socketDirectory() + " port=" + server.port() + " user=postgres";
            AsyncConnection conn = open(dsn);
            use(conn);
            get(conn.close());
            CannotConnectException refused = failure(
                    CannotConnectException.class, Postgres.connectAsync(dsn + " requirepeer=postgres transport=epoll"));
            assertTrue(refused.getMessage().contains("expected transport=nio"), refused.getMessage());
        }
    }

    @Test
    void aStatementIsCancelled() {
        AsyncConnection conn = open(TestServer.shared().dsn());
        CompletableFuture<Answer> sleeps = conn.execute("SELECT pg_sleep(600)");
        sleeps.cancel(true);
        assertThrows(CancellationException.class, sleeps::join);
        conn.deadline(Duration.ofMillis(50));
        failure(QueryCanceledException.class, conn.execute("SELECT pg_sleep(600)"));
        get(conn.close());
    }

    @Test
    void aSubscriberThatAsksForNothingHoldsTheServerBack() throws InterruptedException {
        AsyncConnection conn = open(TestServer.shared().dsn());
        RowSubscriber<Row> slow =
                RowSubscriber.idle(conn.stream("SELECT repeat('x', 1000) FROM generate_series(1, 100000)"));
        slow.request(1);
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            while (!"ClientWrite"
                    .equals(admin.execute("SELECT wait_event FROM pg_stat_activity WHERE pid = $1", conn.processId())
                            .fetchOne()
                            .getString(0))) {
                Thread.sleep(5);
            }
        }
        assertEquals(1, slow.values.size());
        slow.request(Long.MAX_VALUE);
        assertEquals(100_000, get(slow.end).size());
        get(conn.close());
    }

    @Test
    void whatTheServerEndsIsLost() {
        AsyncConnection conn = open(TestServer.shared().dsn());
        CompletableFuture<Answer> sleeps = conn.execute("SELECT pg_sleep(600)");
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            admin.execute("SELECT pg_terminate_backend($1)", conn.processId());
        }
        failure(PgException.class, sleeps);
        failure(PgException.class, conn.execute("SELECT 1"));
        get(conn.close());
    }

    @Test
    void noServerIsNoConnection() {
        assertTrue(failure(CannotConnectException.class, Postgres.connectAsync("host=127.0.0.1 port=1 transport=epoll"))
                .getMessage()
                .contains("refused"));
    }

    @Test
    void aConnectionThatIsNotWantedAnyMoreIsGivenUp() throws Exception {
        long before = HeldResources.now().descriptors().size();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<AsyncConnection> connecting = Postgres.connectAsync(
                    "host=127.0.0.1 port=" + silent.getLocalPort() + " user=postgres sslmode=disable transport=epoll");
            try (Socket accepted = silent.accept()) {
                assertEquals(0, accepted.getInputStream().read());
                connecting.cancel(true);
                assertTrue(
                        accepted.getInputStream().readAllBytes().length > 0,
                        "the rest of what was sent, and then the end");
            }
            for (int i = 0; i < 100 && HeldResources.now().descriptors().size() > before; i++) {
                Thread.sleep(100);
            }
        }
        assertTrue(HeldResources.now().descriptors().size() <= before);
    }

    @Test
    void whatAPoolHasOnItsLoopsUsesItAndWhatIsBlockingDoesNot() {
        try (Pool pool =
                Postgres.pool(PoolConfig.of(TestServer.shared().dsn("application_name=epoll_it transport=epoll")))) {
            for (int i = 0; i < 1_000; i++) {
                assertEquals(i, pool.execute("SELECT $1::int", i).scalar(Integer.class));
            }
            try (Connection conn = pool.connection()) {
                assertEquals("nio", conn.info().transport());
            }
            AsyncConnection lent = get(pool.async().connection());
            use(lent);
            get(lent.close());
        }
    }

    @Test
    void aProgramWithoutTheJarIsToldSo() throws Exception {
        String classPath = ChildJvm.classPath().stream()
                .filter(entry -> !entry.contains("epoll"))
                .collect(Collectors.joining(File.pathSeparator));
        ChildJvm.Ended child = ChildJvm.run(List.of(
                "-cp", classPath, Connects.class.getName(), TestServer.shared().dsn("transport=epoll")));
        assertEquals(2, child.output().split("netty-transport-native-epoll", -1).length - 1, child.output());
        assertTrue(child.output().endsWith("nio\n"), child.output());
    }

    /** What the child does. */
    static final class Connects {
        public static void main(String[] arguments) {
            try {
                Postgres.connectAsync(arguments[0]).join();
            } catch (RuntimeException refused) {
                System.out.println(assertInstanceOf(InterfaceException.class, refused.getCause())
                        .getMessage());
            }
            try {
                Postgres.pool(arguments[0]);
            } catch (InterfaceException refused) {
                System.out.println(refused.getMessage());
            }
            try (Connection conn = Postgres.connect(arguments[0])) {
                System.out.println(conn.info().transport());
            }
        }
    }
}
