package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Config;
import dev.pgwire.config.ConnectObserver;
import dev.pgwire.config.ConnectStep;
import dev.pgwire.config.ConnectStep.Stage;
import dev.pgwire.config.TargetSessionAttrs;
import dev.pgwire.error.PgException;
import dev.pgwire.fixture.ScramSteps;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an observer is told while a connection is made. */
@Timeout(30)
class ConnectObserverTest {
    private final List<ConnectStep> steps = new ArrayList<>();

    @Test
    void theStepsOfOneAddressComeInTheirOrder() {
        try (ScriptedServer server = welcoming(Map.of("server_version", "18.6", "in_hot_standby", "off"))) {
            connect("host=127.0.0.1 port=" + server.port() + " sslmode=disable").close();
            assertEquals(List.of("Resolved", "Connected", "Authenticated", "SessionStarted", "RoleAccepted"), names());
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
            assertEquals(List.of(address), ((ConnectStep.Resolved) steps.get(0)).addresses());
            assertEquals(address, ((ConnectStep.Connected) steps.get(1)).address());
            assertEquals(AuthMethod.NONE, ((ConnectStep.Authenticated) steps.get(2)).method());
            ConnectStep.SessionStarted started = (ConnectStep.SessionStarted) steps.get(3);
            assertEquals("3.0", started.protocolVersion());
            assertEquals("18.6", started.serverVersion());
            assertEquals(TargetSessionAttrs.ANY, ((ConnectStep.RoleAccepted) steps.get(4)).wanted());
            for (ConnectStep step : steps) {
                assertEquals("127.0.0.1", step.host().name());
                assertFalse(step.took().isNegative(), step.toString());
            }
        }
    }

    @Test
    void theObserverIsToldOnTheThreadThatConnects() {
        List<Thread> threads = new ArrayList<>();
        try (ScriptedServer server = welcoming(Map.of())) {
            connect(server.dsn(), step -> threads.add(Thread.currentThread())).close();
        }
        threads.forEach(thread -> assertSame(Thread.currentThread(), thread));
        assertFalse(threads.isEmpty());
    }

    @Test
    void aServerWithoutTlsIsToldOf() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Encryption.SSL_REQUEST),
                Step.sendRaw((byte) 'N'),
                Step.expect(Opening.Startup.class),
                Step.welcome(Map.of()))) {
            connect("host=127.0.0.1 port=" + server.port()).close();
            assertEquals(
                    List.of("Resolved", "Connected", "TlsRefused", "Authenticated", "SessionStarted", "RoleAccepted"),
                    names());
        }
    }

    @Test
    void aServerWithoutTheTlsThatIsRequiredHasFailed() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw((byte) 'N'), Step.expectEnd())) {
            PgException thrown = assertThrows(
                    PgException.class, () -> connect("host=127.0.0.1 sslmode=require port=" + server.port()));
            assertEquals(List.of("Resolved", "Connected", "Failed"), names());
            ConnectStep.Failed failed = failed();
            assertEquals(Stage.TLS, failed.stage());
            assertSame(thrown, failed.failure());
            assertEquals(List.of(), failed.certificates());
        }
    }

    @Test
    void anUnknownHostFailsWithoutAnAddressAndAClosedPortWithOne() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        assertThrows(
                PgException.class, () -> connect("host=no.such.host.invalid,127.0.0.1 sslmode=disable port=" + closed));
        assertEquals(List.of("Failed", "Resolved", "Failed"), names());
        ConnectStep.Failed unknown = (ConnectStep.Failed) steps.get(0);
        assertEquals(Stage.RESOLVE, unknown.stage());
        assertNull(unknown.address());
        assertEquals("no.such.host.invalid", unknown.host().name());
        assertEquals(Stage.CONNECT, failed().stage());
        assertEquals(new InetSocketAddress("127.0.0.1", closed), failed().address());
    }

    @Test
    void aRefusedPasswordFailsAtAuthentication() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Startup.class),
                Step.send(Authentication.Request.CLEARTEXT_PASSWORD),
                connection -> connection.receive(),
                Step.send(error("28P01")),
                Step.close())) {
            assertThrows(
                    PgException.class,
                    () -> connect("host=127.0.0.1 sslmode=disable password=S3cr3t port=" + server.port()));
            assertEquals(List.of("Resolved", "Connected", "Failed"), names());
            assertEquals(Stage.AUTHENTICATION, failed().stage());
            assertFalse(steps.toString().contains("S3cr3t"));
        }
    }

    @Test
    void whatFailsInTheSameBreathAsTheWelcomeFailsAfterIt() {
        ScramSteps scram = new ScramSteps("S3cr3t", 4096);
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Startup.class),
                Step.send(new Authentication.Sasl(List.of("SCRAM-SHA-256"))),
                scram.sends(Authentication.Request.OK, error("3D000")),
                Step.close())) {
            assertThrows(
                    PgException.class,
                    () -> connect("host=127.0.0.1 sslmode=disable password=S3cr3t port=" + server.port()));
            assertEquals(List.of("Resolved", "Connected", "Authenticated", "Failed"), names());
            assertEquals(AuthMethod.SCRAM_SHA_256, ((ConnectStep.Authenticated) steps.get(2)).method());
            assertEquals(Stage.SESSION, failed().stage());
        }
    }

    @Test
    void aServerThatDoesNotProveItselfHasLetNobodyIn() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Startup.class),
                Step.send(new Authentication.Sasl(List.of("SCRAM-SHA-256"))),
                new ScramSteps("S3cr3t", 4096).challenge(),
                connection -> connection.receive(),
                Step.send(Authentication.Request.OK, error("3D000")),
                Step.close())) {
            assertThrows(
                    PgException.class,
                    () -> connect("host=127.0.0.1 sslmode=disable password=S3cr3t port=" + server.port()));
            assertEquals(Stage.AUTHENTICATION, failed().stage());
        }
    }

    @Test
    void aServerOfAnotherRoleIsRefusedAndTheNextOneIsTried() {
        try (ScriptedServer primary =
                        welcoming(Map.of("in_hot_standby", "off", "default_transaction_read_only", "off"));
                ScriptedServer standby =
                        welcoming(Map.of("in_hot_standby", "on", "default_transaction_read_only", "off"))) {
            connect("host=127.0.0.1,127.0.0.1 sslmode=disable target_session_attrs=standby port=" + primary.port() + ","
                            + standby.port())
                    .close();
            assertEquals(
                    List.of(
                            "Resolved",
                            "Connected",
                            "Authenticated",
                            "SessionStarted",
                            "RoleRefused",
                            "Resolved",
                            "Connected",
                            "Authenticated",
                            "SessionStarted",
                            "RoleAccepted"),
                    names());
            ConnectStep.RoleRefused refused = assertInstanceOf(ConnectStep.RoleRefused.class, steps.get(4));
            assertEquals(TargetSessionAttrs.STANDBY, refused.wanted());
            assertTrue(refused.refusal().getMessage().contains("not in hot standby"));
        }
    }

    @Test
    void anObserverThatFailsIsHarmless() {
        try (ScriptedServer server = welcoming(Map.of("role", "primary"));
                Connection connection = connect(server.dsn(), step -> {
                    throw new IllegalStateException("thrown by the test");
                })) {
            assertEquals("primary", connection.parameter("role"));
        }
    }

    @Test
    void aCopyOfAConfigurationKeepsTheObserver() {
        ConnectObserver observer = step -> {};
        Config config = Config.builder().observer(observer).build();
        assertSame(observer, config.toBuilder().build().observer());
        assertNull(config.toBuilder().observer(null).build().observer());
    }

    private Connection connect(String dsn) {
        return connect(dsn, steps::add);
    }

    private static Connection connect(String dsn, ConnectObserver observer) {
        return Postgres.connect(
                Config.parse(dsn + " user=ada").toBuilder().observer(observer).build());
    }

    private List<String> names() {
        return steps.stream().map(step -> step.getClass().getSimpleName()).toList();
    }

    private ConnectStep.Failed failed() {
        return assertInstanceOf(ConnectStep.Failed.class, steps.get(steps.size() - 1));
    }

    private static ScriptedServer welcoming(Map<String, String> parameters) {
        return ScriptedServer.start(Step.expect(Opening.Startup.class), Step.welcome(parameters));
    }

    private static ErrorResponse error(String sqlState) {
        return new ErrorResponse(Diagnostic.builder()
                .field('S', "FATAL")
                .field('V', "FATAL")
                .field('C', sqlState)
                .field('M', "refused by the script")
                .build());
    }
}
