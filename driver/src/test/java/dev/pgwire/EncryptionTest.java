package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How TLS is asked for, and what is made of the answer: every script counts the connections and the requests. */
@Timeout(30)
class EncryptionTest {
    private static final Step NO = Step.sendRaw((byte) 'N');
    /** AuthenticationOk and ReadyForQuery, which somebody in the middle would like to be believed. */
    private static final byte[] INJECTED = {'R', 0, 0, 0, 8, 0, 0, 0, 0, 'Z', 0, 0, 0, 5, 'I'};

    private static final ErrorResponse REFUSED = new ErrorResponse(Diagnostic.builder()
            .field('S', "FATAL")
            .field('V', "FATAL")
            .field('C', "28000")
            .field('M', "no pg_hba.conf entry for this host, SSL off")
            .build());

    @Test
    void withoutTlsNothingIsAsked() {
        assertConnects("disable", Step.expect(Opening.Startup.class));
    }

    @Test
    void aServerWithoutTlsIsUsedAsItIsOnTheSameConnection() {
        assertConnects("prefer", Step.expect(Opening.Encryption.SSL_REQUEST), NO, Step.expect(Opening.Startup.class));
    }

    /** What is not spoken is not asked for, so no answer to it can be misread. */
    @ParameterizedTest
    @ValueSource(strings = {"disable", "prefer"})
    void encryptionByGssapiIsNeverAskedFor(String gssEncMode) {
        assertConnects(
                "prefer gssencmode=" + gssEncMode,
                Step.expect(Opening.Encryption.SSL_REQUEST),
                NO,
                Step.expect(Opening.Startup.class));
    }

    @Test
    void aServerWithoutTlsIsNoneThatHasSeenARequiredCertificate() {
        try (ScriptedServer server = ScriptedServer.start(Step.greeting(), Step.expectEnd())) {
            PgException failure = assertThrows(
                    PgException.class, () -> Postgres.connect(server.dsn() + " sslmode=disable sslcertmode=require"));
            assertTrue(failure.getMessage().contains("expected it to ask for one (sslcertmode=require)"));
            server.assertDone();
        }
    }

    @Test
    void allowAsksForTlsOnlyIfItIsRefusedWithout() {
        assertConnects("allow", Step.expect(Opening.Startup.class));
    }

    @Test
    void allowTriesTlsOnAConnectionOfItsOwnWhenItWasRefused() {
        PgException failure = assertFails(
                "allow",
                Step.expect(Opening.Startup.class),
                Step.send(REFUSED),
                Step.close(),
                Step.nextConnection(),
                Step.expect(Opening.Encryption.SSL_REQUEST),
                NO,
                Step.expectEnd());
        assertTrue(failure.getMessage().contains("pg_hba.conf"), "what the server said: " + failure.getMessage());
        assertEquals(1, failure.getSuppressed().length);
        assertTrue(
                failure.getSuppressed()[0].getMessage().contains("does not offer TLS"), "what came of the second try");
    }

    /** Else a wrong name of a database would be enough to have the password sent again in the clear. */
    @Test
    void whoeverWasLetInDoesNotTryTheOtherEncryption() {
        ErrorResponse noDatabase = new ErrorResponse(Diagnostic.builder()
                .field('S', "FATAL")
                .field('V', "FATAL")
                .field('C', "3D000")
                .field('M', "no pg_hba.conf trouble, but no such database")
                .build());
        PgException failure = assertFails(
                "allow",
                Step.expect(Opening.Startup.class),
                Step.send(Authentication.Request.OK, noDatabase),
                Step.close());
        assertTrue(failure.getMessage().contains("no such database"), failure.getMessage());
    }

    @Test
    void aServerThatHasNoTlsAndRefusesIsNotAskedAgain() {
        PgException failure = assertFails(
                "prefer",
                Step.expect(Opening.Encryption.SSL_REQUEST),
                NO,
                Step.expect(Opening.Startup.class),
                Step.send(REFUSED),
                Step.close());
        assertTrue(failure.getMessage().contains("pg_hba.conf"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-full sslrootcert=system"})
    void whoeverNeedsTlsLeavesAServerWithout(String mode) {
        PgException failure = assertFails(mode, Step.expect(Opening.Encryption.SSL_REQUEST), NO, Step.expectEnd());
        assertTrue(failure.getMessage().contains("does not offer TLS"), failure.getMessage());
    }

    @Test
    void anErrorInPlaceOfTheAnswerIsNeitherShownNorFollowed() {
        byte[] error = "E\0\0\0\40SFATAL\0C08P01\0MATTACKER\0\0".getBytes(StandardCharsets.US_ASCII);
        PgException failure = assertFails(
                "prefer", Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw(error), Step.expectEnd());
        assertTrue(failure.getMessage().contains("answered the request for TLS with an error"), failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertFalse(String.valueOf(cause).contains("ATTACKER"), String.valueOf(cause));
        }
    }

    /** A web server is no attacker. */
    @ParameterizedTest
    @ValueSource(strings = {"prefer", "require"})
    void aServerThatSpeaksHttpIsTakenForOne(String mode) {
        byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        PgException failure =
                assertFails(mode, Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw(http), Step.expectEnd());
        assertTrue(failure.getMessage().contains("as HTTP does"), failure.getMessage());
        assertTrue(failure.getMessage().contains("probably that of another service"), failure.getMessage());
        assertFalse(failure.getMessage().contains("unencrypted bytes"), failure.getMessage());
    }

    @Test
    void aServerThatSpeaksHttpToAStartupMessageIsProbablyNoPostgres() {
        byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer server =
                ScriptedServer.start(Step.expect(Opening.Startup.class), Step.sendRaw(http), Step.expectEnd())) {
            PgException failure =
                    assertThrows(PgException.class, () -> Postgres.connect(server.dsn() + " sslmode=disable"));
            assertTrue(failure.getMessage().contains("is probably no PostgreSQL server"), failure.getMessage());
        }
    }

    @Test
    void anyOtherAnswerIsRefused() {
        PgException failure = assertFails(
                "prefer", Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw((byte) 'X'), Step.expectEnd());
        assertTrue(failure.getMessage().contains("with byte 88, expected S or N"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"S", "N"})
    void bytesBehindTheAnswerAreNotTakenForTheServersOwn(String answer) {
        byte[] bytes = new byte[1 + INJECTED.length];
        bytes[0] = (byte) answer.charAt(0);
        System.arraycopy(INJECTED, 0, bytes, 1, INJECTED.length);
        PgException failure = assertFails(
                "prefer", Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw(bytes), Step.expectEnd());
        assertTrue(failure.getMessage().contains("unencrypted bytes"), failure.getMessage());
    }

    @Test
    void bytesThatComeALittleLaterAreNotTakenForTheServersOwnEither() {
        PgException failure = assertFails(
                "require",
                Step.expect(Opening.Encryption.SSL_REQUEST),
                Step.sendRaw((byte) 'S'),
                Step.pause(Duration.ofMillis(20)),
                Step.sendRaw(INJECTED),
                connection -> {});
        assertTrue(failure.getMessage().contains("TLS could not be agreed on"), failure.getMessage());
    }

    @Test
    void aServerThatHangsUpIsAConnectionFailure() {
        PgException failure = assertFails("prefer", Step.expect(Opening.Encryption.SSL_REQUEST), Step.close());
        assertTrue(
                failure.getMessage().contains("closed the connection when it was asked for TLS"), failure.getMessage());
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() {
        PgException failure =
                assertFails("prefer connect_timeout=1", Step.expect(Opening.Encryption.SSL_REQUEST), Step.expectEnd());
        assertTrue(failure.getMessage().contains("connect_timeout"), failure.getMessage());
    }

    private static void assertConnects(String sslMode, Step... untilStartup) {
        ScriptedServer.Script script = ScriptedServer.script();
        for (Step step : untilStartup) {
            script.then(step);
        }
        script.then(Step.welcome(Map.of())).expect(Command.TERMINATE).expectEnd();
        try (ScriptedServer server = script.start()) {
            Postgres.connect(server.dsn() + " sslmode=" + sslMode).close();
            server.assertDone();
        }
    }

    private static PgException assertFails(String sslMode, Step... steps) {
        try (ScriptedServer server = ScriptedServer.start(steps)) {
            PgException failure =
                    assertThrows(PgException.class, () -> Postgres.connect(server.dsn() + " sslmode=" + sslMode));
            server.assertDone();
            assertTrue(failure instanceof ConnectionFailureException
                    || failure.getMessage().contains("pg_hba"));
            return failure;
        }
    }
}
