package dev.pgwire;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.fixture.ScramSteps;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that tries to get more than it should: where the script says that the connection ends, the server has not seen one
 * byte of an answer.
 */
@Timeout(30)
class HostileServerTest {
    private static final String PASSWORD = "S3cr3t";
    private static final Authentication OK = Authentication.Request.OK;
    private static final Authentication SASL = new Authentication.Sasl(List.of("SCRAM-SHA-256"));
    private static final Step STARTUP = Step.expect(Opening.Startup.class);

    private static Config.Builder to(ScriptedServer server) {
        return Config.builder()
                .set("sslmode", "disable")
                .host("127.0.0.1")
                .port(server.port())
                .user("ada")
                .password(PASSWORD);
    }

    private static <E extends Throwable> String keepsOut(Class<E> kind, String keyword, String value, Step... steps) {
        List<Step> script = new ArrayList<>(List.of(STARTUP));
        script.addAll(List.of(steps));
        try (ScriptedServer server = ScriptedServer.start(script)) {
            Config config = to(server).set(keyword, value).build();
            E refused = assertThrows(kind, () -> Postgres.connect(config).close());
            server.assertDone();
            String message = String.valueOf(refused.getMessage());
            assertFalse(message.contains(PASSWORD), message);
            return message;
        }
    }

    static List<BackendMessage> withoutBinding() {
        return List.of(
                OK,
                Authentication.Request.CLEARTEXT_PASSWORD,
                new Authentication.Md5Password(new byte[4]),
                Authentication.Request.GSS,
                Authentication.Request.SSPI,
                SASL,
                new Authentication.Sasl(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")),
                new Authentication.Sasl(List.of("OAUTHBEARER")));
    }

    /** As in CVE-2025-49146: a demand for channel binding that only SASL looked at. */
    @ParameterizedTest
    @MethodSource("withoutBinding")
    void aServerThatDoesNotBindGetsNoAnswerWhereBindingIsRequired(BackendMessage request) {
        keepsOut(OperationalException.class, "channel_binding", "require", Step.send(request), Step.expectEnd());
    }

    /** The same with everything behind it, so that the start-up is over before the request is looked at. */
    @Test
    void aServerThatDoesNotWaitForAnAnswerIsNotTrustedEither() {
        BackendKeyData key = new BackendKeyData(1, new byte[4]);
        keepsOut(OperationalException.class, "channel_binding", "require", Step.send(OK, key, READY), Step.expectEnd());
    }

    /** As in CVE-2026-54291: the offer cannot be taken, and must not be passed over either. */
    @ParameterizedTest
    @ValueSource(strings = {"prefer", "require", "disable"})
    void anOfferToBindToAChannelInTheClearIsRefused(String binding) {
        String message = keepsOut(
                OperationalException.class,
                "channel_binding",
                binding,
                Step.send(new Authentication.Sasl(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"))),
                Step.expectEnd());
        assertTrue(message.contains("not encrypted"), message);
    }

    /** As in CVE-2026-42198: the work that a server may ask for has a limit, and it is looked at before any is done. */
    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "4097", "0", "-1", "NaN", "99999999999", ""})
    void aServerCannotAskForAnyAmountOfWork(String iterations) {
        String message = keepsOut(
                OperationalException.class,
                "scram_max_iterations",
                "4096",
                Step.send(SASL),
                new ScramSteps(PASSWORD, iterations).challenge(),
                Step.expectEnd());
        assertTrue(message.contains("SCRAM"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096})
    void asMuchWorkAsIsAllowedIsDone(int iterations) {
        try (ScriptedServer server =
                ScriptedServer.start(STARTUP, Step.send(SASL), new ScramSteps(PASSWORD, iterations).sends(OK, READY))) {
            Postgres.connect(to(server).set("scram_max_iterations", "4096").build())
                    .close();
            server.assertDone();
        }
    }

    /** As in CVE-2019-10164: what an unknown server sends is cut short by its announced length. */
    @Test
    void aLastMessageOfScramThatIsTooLongIsNotRead() {
        byte[] huge = new byte[64 * 1024];
        for (BackendMessage last : List.of(new Authentication.SaslFinal(huge), new Authentication.SaslContinue(huge))) {
            keepsOut(
                    ProtocolViolationException.class,
                    "channel_binding",
                    "prefer",
                    Step.send(SASL),
                    new ScramSteps(PASSWORD, 1).challenge(),
                    Step.expect(SASLResponse.class),
                    Step.send(last));
        }
        byte[] nonce = utf8("r=" + "x".repeat(64 * 1024) + ",s=AAAA,i=1");
        keepsOut(
                ProtocolViolationException.class,
                "channel_binding",
                "prefer",
                Step.send(SASL),
                Step.expect(SASLInitialResponse.class),
                Step.send(new Authentication.SaslContinue(nonce)));
    }

    @Test
    void aWeakerQuestionAfterTheFirstIsNotAnswered() {
        for (BackendMessage second :
                List.of(Authentication.Request.CLEARTEXT_PASSWORD, new Authentication.Md5Password(new byte[4]), SASL)) {
            keepsOut(
                    ProtocolViolationException.class,
                    "channel_binding",
                    "prefer",
                    Step.send(SASL),
                    new ScramSteps(PASSWORD, 1).challenge(second),
                    Step.expect(SASLResponse.class),
                    Step.expectEnd());
        }
    }

    @Test
    void aBearerTokenIsNotSentInTheClear() {
        try (ScriptedServer server = ScriptedServer.start(
                STARTUP, Step.send(new Authentication.Sasl(List.of("OAUTHBEARER"))), Step.expectEnd())) {
            Config config = to(server).oauthTokens(request -> "t0k3n").build();
            OperationalException refused = assertThrows(OperationalException.class, () -> Postgres.connect(config));
            assertFalse(refused.getMessage().contains("t0k3n"), refused.getMessage());
            server.assertDone();
        }
    }

    @Test
    void anOlderMinorVersionIsSpokenIfTheUserAcceptsIt() {
        Step older = Step.send(new NegotiateProtocolVersion(ProtocolVersion.V3_0.code(), List.of()));
        BackendKeyData key = new BackendKeyData(99, new byte[4]);
        try (ScriptedServer server =
                ScriptedServer.start(Step.expect(Opening.Startup.class), older, older, Step.send(OK, key, READY))) {
            Config config = to(server).set("max_protocol_version", "3.2").build();
            try (Connection connection = Postgres.connect(config)) {
                assertEquals(99, connection.processId());
            }
            server.assertDone();
        }
        try (ScriptedServer server = ScriptedServer.start(STARTUP, older, Step.expectEnd())) {
            Config config = to(server)
                    .set("max_protocol_version", "3.2")
                    .set("min_protocol_version", "3.2")
                    .build();
            NotSupportedException refused = assertThrows(NotSupportedException.class, () -> Postgres.connect(config));
            assertTrue(refused.getMessage().contains("min_protocol_version"), refused.getMessage());
            server.assertDone();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3 << 16, 3 << 16 | 1, 3 << 16 | 2, 3 << 16 | 9999, 4 << 16, 2 << 16, -1, 0})
    void aVersionThatCannotBeOfferedIsAViolation(int version) {
        keepsOut(
                ProtocolViolationException.class,
                "max_protocol_version",
                "3.0",
                Step.send(new NegotiateProtocolVersion(version, List.of())),
                Step.expectEnd());
    }

    @Test
    void aLongKeyForCancellingIsAViolationIn30() {
        keepsOut(
                ProtocolViolationException.class,
                "max_protocol_version",
                "3.0",
                Step.send(OK, new BackendKeyData(1, new byte[32]), READY),
                Step.expectEnd());
    }
}
