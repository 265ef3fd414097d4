package dev.pgwire;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.fatal;
import static dev.pgwire.fixture.Messages.notice;
import static dev.pgwire.fixture.Messages.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InvalidPasswordException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.fixture.ScramSteps;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.auth.Md5;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StartupTest {
    private static final String PASSWORD = "S3cr3t";
    private static final Authentication OK = Authentication.Request.OK;
    private static final Authentication SASL = new Authentication.Sasl(List.of("SCRAM-SHA-256"));
    private static final BackendKeyData KEY = new BackendKeyData(99, new byte[4]);

    private static Config.Builder to(ScriptedServer server) {
        return Config.builder()
                .set("sslmode", "disable")
                .host("127.0.0.1")
                .port(server.port())
                .user("ada")
                .password(PASSWORD);
    }

    /** Connects to a server that does this after the startup message; it must then see Terminate. */
    private static void letsIn(Step... steps) {
        List<Step> script = new ArrayList<>(List.of(Step.expect(Opening.Startup.class)));
        script.addAll(List.of(steps));
        script.addAll(List.of(Step.expect(Command.TERMINATE), Step.expectEnd()));
        try (ScriptedServer server = ScriptedServer.start(script)) {
            try (Connection connection = Postgres.connect(to(server).build())) {
                assertFalse(connection.isClosed());
            }
            server.assertDone();
        }
    }

    /** Connects to a server that does this after the startup message, in vain; it must then see the connection end. */
    private static <E extends Throwable> E keepsOut(Class<E> kind, Step... steps) {
        List<Step> script = new ArrayList<>(List.of(Step.expect(Opening.Startup.class)));
        script.addAll(List.of(steps));
        try (ScriptedServer server = ScriptedServer.start(script)) {
            E refused = assertThrows(
                    kind, () -> Postgres.connect(to(server).build()).close());
            server.assertDone();
            assertFalse(String.valueOf(refused.getMessage()).contains(PASSWORD));
            return refused;
        }
    }

    @Test
    void theStartupMessageIsAsExpectedByteForByte() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "ada");
        parameters.put("database", "d");
        parameters.put("client_encoding", "UTF8");
        parameters.put("application_name", "żółw");
        parameters.put("options", "-c a=b");
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(new Opening.Startup(ProtocolVersion.V3_0, parameters)), Step.send(OK, KEY, READY))) {
            Config config = to(server)
                    .database("d")
                    .applicationName("żółw")
                    .options("-c a=b")
                    .build();
            try (Connection connection = Postgres.connect(config)) {
                assertEquals(99, connection.processId());
            }
            server.assertDone();
        }
    }

    @Test
    void whatIsNotConfiguredIsNotSent() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "ada");
        parameters.put("database", "ada");
        parameters.put("client_encoding", "UTF8");
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(new Opening.Startup(ProtocolVersion.V3_0, parameters)), Step.send(OK, READY))) {
            try (Connection connection = Postgres.connect(to(server).build())) {
                assertEquals(0, connection.processId());
                assertEquals("unknown", connection.serverVersion());
            }
            server.assertDone();
        }
    }

    @Test
    void theGreetingIsRemembered() {
        try (ScriptedServer server = ScriptedServer.start(Step.greeting());
                Connection connection = Postgres.connect(server.dsn())) {
            assertEquals(4242, connection.processId());
            assertEquals("18.0", connection.serverVersion());
            assertEquals("UTC", connection.parameter("TimeZone"));
            assertEquals("postgres", connection.parameters().get("session_authorization"));
            assertTrue(connection.toString().contains("process 4242"), connection.toString());
        }
    }

    @Test
    void aPasswordIsSentAsTheServerWantsIt() {
        byte[] salt = {1, 2, 3, 4};
        letsIn(
                Step.send(Authentication.Request.CLEARTEXT_PASSWORD),
                Step.expect(new PasswordMessage(utf8(PASSWORD))),
                Step.send(OK, KEY, READY));
        letsIn(
                Step.send(new Authentication.Md5Password(salt)),
                Step.expect(new PasswordMessage(Md5.response(utf8("ada"), utf8(PASSWORD), salt))),
                Step.send(OK),
                Step.send(KEY),
                Step.send(READY));
    }

    @Test
    void scramProvesBothSides() {
        letsIn(Step.send(SASL), new ScramSteps(PASSWORD, 1).sends(OK, KEY, READY));
        letsIn(Step.send(SASL), new ScramSteps(PASSWORD, 4096).sends(OK, READY));
    }

    @Test
    void aServerThatEndsScramBeforeItProvedItselfIsNotTrusted() {
        Step initial = Step.expect(SASLInitialResponse.class);
        Step wrong = Step.send(new Authentication.SaslFinal(utf8("v=AAAA")), OK, READY);
        assertScramRefused(Step.send(SASL), initial, Step.send(OK, KEY, READY), Step.expectEnd());
        // All in one packet: the start-up is over before the first request was looked at.
        assertScramRefused(Step.send(SASL, OK, KEY, READY), initial, Step.expectEnd());
        assertScramRefused(
                Step.send(SASL),
                new ScramSteps(PASSWORD, 1).challenge(OK, READY),
                Step.expect(SASLResponse.class),
                Step.expectEnd());
        assertScramRefused(
                Step.send(SASL),
                new ScramSteps(PASSWORD, 1).challenge(),
                Step.expect(SASLResponse.class),
                wrong,
                Step.expectEnd());
        assertScramRefused(
                Step.send(SASL),
                new ScramSteps(PASSWORD, 1).challenge(),
                Step.expect(SASLResponse.class),
                Step.send(new Authentication.SaslFinal(utf8("e=other-error"))),
                Step.expectEnd());
    }

    private static void assertScramRefused(Step... steps) {
        OperationalException refused = keepsOut(OperationalException.class, steps);
        assertEquals("28000", refused.sqlState(), refused.getMessage());
    }

    @Test
    void hostileChallengesAreRefused() {
        Step initial = Step.expect(SASLInitialResponse.class);
        for (String first : List.of("", "r=x", "r=x,s=AAAA,i=4096", "e=no", "i=1,s=AAAA,r=x", "r=,s=,i=")) {
            assertScramRefused(
                    Step.send(SASL),
                    initial,
                    Step.send(new Authentication.SaslContinue(utf8(first))),
                    Step.expectEnd());
        }
        for (int iterations : new int[] {0, -1, 100_001, Integer.MAX_VALUE}) {
            assertScramRefused(Step.send(SASL), new ScramSteps(PASSWORD, iterations).challenge(), Step.expectEnd());
        }
        assertScramRefused(Step.send(new Authentication.Sasl(List.of("SCRAM-SHA-1", "PLAIN"))), Step.expectEnd());
        assertScramRefused(Step.send(new Authentication.Sasl(List.of())), Step.expectEnd());
    }

    /** As PostgreSQL up to 18 says that it could not fork: nobody knows yet which protocol is spoken. */
    @Test
    void anErrorOfProtocol2IsShown() {
        String text = "could not fork new process for connection: Resource temporarily unavailable";
        byte[] error = utf8("E" + text + "\n\0");
        ByteBuf both = Unpooled.buffer();
        SASL.encode(both);
        both.writeBytes(error);
        Step bare = Step.sendRaw(error);
        List<List<Step>> ways = List.of(
                List.of(bare),
                List.of(Step.split(1), bare),
                // In one write: else the driver may have answered before the error is there.
                List.of(Step.sendRaw(ByteBufUtil.getBytes(both))),
                List.of(Step.send(SASL), Step.expect(SASLInitialResponse.class), bare));
        for (List<Step> steps : ways) {
            ConnectionFailureException refused = keepsOut(ConnectionFailureException.class, steps.toArray(Step[]::new));
            assertEquals("the server refused the connection: " + text, refused.getMessage());
            assertEquals("08004", refused.sqlState());
        }
    }

    @Test
    void anErrorOfProtocol2WithoutItsEndIsALostConnection() {
        ConnectionFailureException lost =
                keepsOut(ConnectionFailureException.class, Step.sendRaw(utf8("Ecould not")), Step.close());
        assertTrue(lost.getMessage().contains("closed the connection"), lost.getMessage());
    }

    @Test
    void oversizeMessagesBeforeAuthenticationAreViolations() {
        keepsOut(
                ProtocolViolationException.class,
                Step.send(SASL),
                Step.expect(SASLInitialResponse.class),
                Step.send(new Authentication.SaslContinue(new byte[64 * 1024])));
        keepsOut(ProtocolViolationException.class, Step.send(new Authentication.Sasl(List.of("x".repeat(2_000)))));
        keepsOut(ProtocolViolationException.class, Step.send(error("XX000", "x".repeat(30_001))));
        keepsOut(ProtocolViolationException.class, Step.sendRaw((byte) 'R', (byte) 0x7f, (byte) -1, (byte) -1, (byte)
                -1));
    }

    @Test
    void whatDoesNotBelongToTheStartIsAViolation() {
        List<BackendMessage> strange = List.of(
                KEY,
                READY,
                Signal.PARSE_COMPLETE,
                notice("hello"),
                new ParameterStatus("TimeZone", "UTC"),
                new NotificationResponse(1, "channel", "payload"),
                new Authentication.GssContinue(new byte[4]),
                new Authentication.SaslContinue(new byte[4]),
                new Authentication.SaslFinal(new byte[4]));
        for (BackendMessage message : strange) {
            keepsOut(ProtocolViolationException.class, Step.send(message), Step.expectEnd());
        }
        keepsOut(ProtocolViolationException.class, Step.send(OK, OK), Step.expectEnd());
        keepsOut(ProtocolViolationException.class, Step.send(OK, Signal.NO_DATA), Step.expectEnd());
        keepsOut(
                ProtocolViolationException.class,
                Step.sendRaw((byte) 'H', (byte) 'T', (byte) 'T', (byte) 'P', (byte) '/'),
                Step.expectEnd());
    }

    @Test
    void anUnknownMethodIsNotSupported() {
        for (BackendMessage request : List.of(Authentication.Request.SSPI, Authentication.Request.KERBEROS_V5)) {
            keepsOut(NotSupportedException.class, Step.send(request), Step.expectEnd());
        }
        keepsOut(
                ProtocolViolationException.class,
                Step.sendRaw(
                        (byte) 'R', (byte) 0, (byte) 0, (byte) 0, (byte) 8, (byte) 0, (byte) 0, (byte) 0, (byte) 99),
                Step.expectEnd());
    }

    @Test
    void anErrorBeforeAuthenticationIsTheServersOwn() {
        InvalidPasswordException refused = keepsOut(
                InvalidPasswordException.class,
                Step.send(fatal("28P01", "password authentication failed")),
                Step.close());
        assertTrue(refused.getMessage().contains("password authentication failed"), refused.getMessage());
        DatabaseException late = keepsOut(
                DatabaseException.class, Step.send(OK), Step.send(fatal("3D000", "no such database")), Step.close());
        assertEquals("3D000", late.sqlState());
    }

    @Test
    void aServerThatHangsUpIsAConnectionFailure() {
        keepsOut(ConnectionFailureException.class, Step.close());
        keepsOut(ConnectionFailureException.class, Step.closeWithReset());
        keepsOut(ConnectionFailureException.class, Step.send(OK), Step.close());
        keepsOut(ConnectionFailureException.class, Step.send(OK, KEY), Step.close());
    }

    @Test
    void aMissingPasswordIsSaidSo() {
        for (Authentication request :
                List.of(Authentication.Request.CLEARTEXT_PASSWORD, new Authentication.Md5Password(new byte[4]), SASL)) {
            try (ScriptedServer server =
                    ScriptedServer.start(Step.expect(Opening.Startup.class), Step.send(request), Step.expectEnd())) {
                OperationalException refused =
                        assertThrows(OperationalException.class, () -> Postgres.connect(server.dsn()));
                assertTrue(refused.getMessage().contains("none was given"), refused.getMessage());
                server.assertDone();
            }
        }
    }

    @Test
    void aSilentServerIsGivenUpAfterTheConnectTimeout() {
        try (ScriptedServer server = ScriptedServer.start(Step.expect(Opening.Startup.class), Step.expectEnd())) {
            Config config = to(server).connectTimeout(Duration.ofSeconds(1)).build();
            ConnectionFailureException late =
                    assertThrows(ConnectionFailureException.class, () -> Postgres.connect(config));
            assertTrue(late.getMessage().contains("connect_timeout"), late.getMessage());
            server.assertDone();
        }
    }

    @Test
    void nobodyThereIsAConnectionFailureWithTheAddress() throws IOException {
        // Taken, so that no other program gets it, and not listened to.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = taken.getLocalPort();
            ConnectionFailureException refused = assertThrows(
                    ConnectionFailureException.class, () -> Postgres.connect("host=127.0.0.1 port=" + port));
            assertTrue(refused.getMessage().contains("127.0.0.1"), refused.getMessage());
            assertTrue(refused.getMessage().contains("port " + port), refused.getMessage());
        }
        assertThrows(ConnectionFailureException.class, () -> Postgres.connect("host=does-not-exist.invalid"));
    }

    @Test
    void anErrorOfTheUsersOwnClosesTheConnection() {
        Appendable broken = new StringWriter() {
            @Override
            public StringWriter append(CharSequence text) {
                throw new AssertionError("no room");
            }
        };
        try (ScriptedServer server = ScriptedServer.start(Step.expectEnd())) {
            Config config = to(server).trace(broken).build();
            assertThrows(AssertionError.class, () -> Postgres.connect(config));
            server.assertDone();
        }
    }

    @Test
    void anotherEncodingInTheGreetingIsRefused() {
        OperationalException refused = keepsOut(
                OperationalException.class,
                Step.send(OK, new ParameterStatus("client_encoding", "LATIN1"), READY),
                Step.expectEnd());
        assertTrue(refused.getMessage().contains("LATIN1"), refused.getMessage());
    }
}
