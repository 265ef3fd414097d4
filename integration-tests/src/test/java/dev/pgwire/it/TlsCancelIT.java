package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.QueryCanceledException;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The secret that cancels a session is never told to anybody but the server of that session: the request goes the way that
 * the session went, or not at all.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsCancelIT {
    @TempDir
    private static Path files;

    private static TlsServer server;
    private static X509Bundle usual;
    private static CountingProxy proxy;
    private static Connection admin;

    @BeforeAll
    static void start() {
        server = TlsServer.start(files);
        usual = server.certificates().issue(TestCertificates.forLocalhost());
        proxy = CountingProxy.before(server.port());
        admin = server.admin();
    }

    @AfterAll
    static void stop() {
        admin.close();
        proxy.close();
        server.close();
    }

    @BeforeEach
    void countFromHere() {
        proxy.reset();
    }

    @AfterEach
    void showTheUsualCertificate() {
        server.set("ssl", "on");
        server.serve(usual);
    }

    @ParameterizedTest
    @CsvSource({
        "verify-full,postgres",
        "verify-ca,postgres",
        "require,postgres",
        "prefer,postgres",
        "allow,postgres",
        "verify-full,direct"
    })
    void aStatementIsCancelledThroughTls(String mode, String negotiation) throws Exception {
        assumeTrue(negotiation.equals("postgres") || server.majorVersion() >= 17, "not run: no direct TLS");
        try (Connection conn = connect("sslmode=" + mode + " sslnegotiation=" + negotiation)) {
            boolean encrypted = conn.info().isEncrypted();
            assertEquals(!mode.equals("allow"), encrypted);
            proxy.reset();
            for (int round = 1; round <= 10; round++) {
                FutureTask<QueryCanceledException> sleeper = sleep(conn);
                conn.cancel();
                assertEquals("57014", sleeper.get().sqlState());
                assertEquals(
                        round, conn.execute("SELECT $1::int", round).fetchOne().getInt(0));
            }
            assertEquals(10, proxy.connects());
            assertEquals(encrypted && negotiation.equals("postgres") ? 10 : 0, proxy.tlsRequests());
            assertEquals(encrypted ? 0 : 10, proxy.cancelRequests());
        }
    }

    @Test
    void aDeadlineCancelsThroughTls() {
        try (Connection conn = connect("")) {
            conn.deadline(Duration.ofMillis(50));
            assertThrows(QueryCanceledException.class, () -> conn.execute("SELECT pg_sleep(60)")
                    .fetchAll());
            conn.deadline(null);
            assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
        }
        assertEquals(0, proxy.cancelRequests());
    }

    @Test
    void aServerThatIsNotBelievedAnyMoreIsNotToldTheSecret() throws Exception {
        X509Bundle stranger =
                TestCertificates.forLocalhost().setIsCertificateAuthority(true).buildSelfSigned();
        X509Bundle otherHost = server.certificates()
                .issue(new CertificateBuilder().ecp256().subject("CN=db").addSanDnsName("db"));
        try (Connection conn = connect("")) {
            FutureTask<QueryCanceledException> sleeper = sleep(conn);
            for (X509Bundle wrong : new X509Bundle[] {stranger, otherHost}) {
                server.serve(wrong);
                ConnectionFailureException refused = assertThrows(ConnectionFailureException.class, conn::cancel);
                assertTrue(refused.getMessage().contains("TLS could not be agreed on"), refused::getMessage);
                assertTrue(sleeps(conn));
            }
            assertFalse(sleeper.isDone());
            server.serve(usual);
            conn.cancel();
            assertEquals("57014", sleeper.get().sqlState());
        }
        assertEquals(0, proxy.cancelRequests());
    }

    /** A prefer that found TLS is as good as a require from then on. */
    @Test
    void aServerThatHasNoTlsAnyMoreIsNotToldTheSecret() throws Exception {
        try (Connection conn = connect("sslmode=prefer")) {
            assertTrue(conn.info().isEncrypted());
            FutureTask<QueryCanceledException> sleeper = sleep(conn);
            server.set("ssl", "off");
            ConnectionFailureException refused = assertThrows(ConnectionFailureException.class, conn::cancel);
            assertTrue(refused.getMessage().contains("does not offer TLS"), refused::getMessage);
            assertTrue(sleeps(conn));
            admin.execute("SELECT pg_cancel_backend($1)", conn.processId());
            assertEquals("57014", sleeper.get().sqlState());
        }
        assertEquals(0, proxy.cancelRequests());
    }

    private static Connection connect(String extra) {
        return Postgres.connect(server.dsn("port=" + proxy.port() + " " + extra));
    }

    /** Returns when the statement runs. */
    private static FutureTask<QueryCanceledException> sleep(Connection conn) {
        FutureTask<QueryCanceledException> sleeper = new FutureTask<>(
                () -> assertThrows(QueryCanceledException.class, () -> conn.execute("SELECT pg_sleep(60)")
                        .fetchAll()));
        new Thread(sleeper, "sleeper").start();
        while (!sleeps(conn)) {
            Thread.onSpinWait();
        }
        return sleeper;
    }

    private static boolean sleeps(Connection conn) {
        return !admin.execute(
                        "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'", conn.processId())
                .fetchAll()
                .isEmpty();
    }
}
