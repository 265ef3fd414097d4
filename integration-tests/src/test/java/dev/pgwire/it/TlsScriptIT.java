package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no PostgreSQL does over TLS, or what it does not tell: the server is a script, with the JDK's TLS. */
@Timeout(60)
class TlsScriptIT {
    private static final Step STARTUP = Step.expect(Opening.Startup.class);

    @TempDir
    private static Path files;

    private static TestCertificates certificates;
    private static SSLContext good;
    private static SSLContext otherHost;

    @BeforeAll
    static void make() {
        certificates = TestCertificates.in(files);
        good = TestCertificates.context(certificates.issue(TestCertificates.forLocalhost()));
        otherHost = TestCertificates.context(certificates.issue(
                new CertificateBuilder().ecp256().subject("CN=db").addSanDnsName("db")));
    }

    private static String dsn(ScriptedServer server, String extra) {
        return server.dsn() + " host=localhost hostaddr=127.0.0.1 sslmode=verify-full sslrootcert="
                + certificates.authority() + " " + extra;
    }

    @ParameterizedTest
    @CsvSource({
        "host=localhost,localhost",
        "host=localhost sslsni=0,",
        "host=localhost sslsni=1,localhost",
        "host=127.0.0.1,",
        "host=db.example sslmode=verify-ca,db.example"
    })
    void theServerIsToldTheNameUnlessItIsAnAddressOrUnwanted(String extra, String expected) {
        List<String> names = new ArrayList<>();
        Step shakeHands = connection -> {
            connection.expect(Opening.Encryption.SSL_REQUEST);
            connection.sendRaw((byte) 'S');
            ExtendedSSLSession session = (ExtendedSSLSession) connection.startTls(good);
            for (SNIServerName name : session.getRequestedServerNames()) {
                names.add(((SNIHostName) name).getAsciiName());
            }
        };
        try (ScriptedServer server = ScriptedServer.start(shakeHands, Step.greeting());
                Connection conn = Postgres.connect(dsn(server, extra))) {
            assertTrue(conn.info().isEncrypted());
            server.assertDone();
        }
        assertEquals(expected == null ? List.of() : List.of(expected), names);
    }

    /** As in CVE-2018-10936: not even the name of the role is told to a server of another name. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerOfAnotherNameIsToldNothing(String version) {
        try (ScriptedServer server = ScriptedServer.start(refusedHandshake(otherHost))) {
            ConnectionFailureException refused = assertThrows(
                    ConnectionFailureException.class,
                    () -> Postgres.connect(dsn(server, "ssl_max_protocol_version=" + version)));
            assertTrue(refused.getMessage().contains("is for \"db\", expected one for the host \"localhost\""));
            server.assertDone();
        }
    }

    /** As in CVE-2020-25694: what the driver connects for by itself is verified like all else. */
    @Test
    void aCancelRequestIsNotSentToAServerOfAnotherName() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Step statement = connection -> {
            while (connection.receive() != Command.SYNC) {
                // The whole statement, which is never answered.
            }
            running.countDown();
        };
        FutureTask<PgException> statementsEnd;
        try (ScriptedServer server = ScriptedServer.start(
                        Step.startTls(good),
                        Step.greeting(),
                        statement,
                        Step.nextConnection(),
                        refusedHandshake(otherHost),
                        Step.nextConnection(),
                        Step.expect(Opening.Encryption.SSL_REQUEST),
                        Step.sendRaw((byte) 'N'),
                        Step.expectEnd(),
                        Step.nextConnection(),
                        Step.startTls(good),
                        Step.expect(Opening.Cancel.class),
                        Step.close());
                Connection conn = Postgres.connect(dsn(server, ""))) {
            statementsEnd = new FutureTask<>(() -> assertThrows(PgException.class, () -> conn.execute("SELECT 1")));
            new Thread(statementsEnd, "statement").start();
            running.await();
            ConnectionFailureException refused = assertThrows(ConnectionFailureException.class, conn::cancel);
            assertTrue(refused.getMessage().contains("is for \"db\""), refused::getMessage);
            refused = assertThrows(ConnectionFailureException.class, conn::cancel);
            assertTrue(refused.getMessage().contains("does not offer TLS"), refused::getMessage);
            conn.cancel();
        }
        statementsEnd.get();
    }

    private static Step refusedHandshake(SSLContext context) {
        return connection -> {
            connection.expect(Opening.Encryption.SSL_REQUEST);
            connection.sendRaw((byte) 'S');
            // With TLS 1.3 the server may believe that all is well until it reads.
            assertThrows(IOException.class, () -> {
                connection.startTls(context);
                connection.receive();
            });
        };
    }

    @Test
    void directTlsWithAServerThatAgreesOnNoProtocolIsRefused() {
        Step handshakeAndEnd = connection -> {
            connection.startTls(good);
            connection.expectEnd();
        };
        try (ScriptedServer server = ScriptedServer.start(handshakeAndEnd)) {
            OperationalException refused = assertThrows(
                    OperationalException.class, () -> Postgres.connect(dsn(server, "sslnegotiation=direct")));
            assertTrue(refused.getMessage().contains("agreed on no protocol (ALPN)"), refused::getMessage);
            server.assertDone();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100})
    void messagesMayBeCutIntoRecordsAnywhere(int bytes) {
        try (ScriptedServer server =
                ScriptedServer.start(Step.startTls(good), Step.split(bytes), Step.greeting(), Step.expectEnd())) {
            try (Connection conn = Postgres.connect(dsn(server, ""))) {
                assertEquals("18.0", conn.serverVersion());
            }
            server.assertDone();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"before the handshake", "in the handshake", "after it"})
    void aServerThatFallsSilentIsGivenUpInTime(String when) {
        Step silence = connection -> {
            connection.expect(Opening.Encryption.SSL_REQUEST);
            if (when.equals("before the handshake")) {
                return;
            }
            connection.sendRaw((byte) 'S');
            if (when.equals("after it")) {
                connection.startTls(good);
                connection.expect(Opening.Startup.class);
            }
        };
        try (ScriptedServer server = ScriptedServer.start(silence, connection -> {})) {
            ConnectionFailureException refused = assertThrows(
                    ConnectionFailureException.class, () -> Postgres.connect(dsn(server, "connect_timeout=1")));
            assertTrue(refused.getMessage().contains("connect_timeout"), refused::getMessage);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in good order", "with a reset"})
    void aConnectionThatEndsInTheHandshakeIsAFailure(String how) {
        Step end = how.equals("with a reset") ? Step.closeWithReset() : Step.close();
        try (ScriptedServer server =
                ScriptedServer.start(Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw((byte) 'S'), end)) {
            ConnectionFailureException refused =
                    assertThrows(ConnectionFailureException.class, () -> Postgres.connect(dsn(server, "")));
            assertFalse(refused.getMessage().contains("null"), refused::getMessage);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in good order", "with a reset"})
    void aConnectionThatEndsAfterTheHandshakeIsAFailure(String how) {
        Step end = how.equals("with a reset") ? Step.closeWithReset() : Step.close();
        try (ScriptedServer server = ScriptedServer.start(Step.startTls(good), STARTUP, end)) {
            ConnectionFailureException refused =
                    assertThrows(ConnectionFailureException.class, () -> Postgres.connect(dsn(server, "")));
            assertFalse(refused.getMessage().contains("null"), refused::getMessage);
        }
    }

    /** Whoever cuts the line sends no close_notify: what has come so far must not pass for the whole. */
    @Test
    void aResultThatIsCutOffIsAFailure() {
        try (ScriptedServer server = ScriptedServer.start(
                        Step.startTls(good),
                        Step.welcome(Map.of()),
                        connection -> connection.receive(),
                        Step.closeWithReset());
                Connection conn = Postgres.connect(dsn(server, ""));
                Cursor cur = conn.cursor()) {
            assertThrows(ConnectionFailureException.class, () -> cur.execute("SELECT 1")
                    .fetchAll());
            assertTrue(conn.isClosed());
        }
    }
}
