package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Config;
import dev.pgwire.config.OauthTokenSource;
import dev.pgwire.error.OperationalException;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bearer token goes through TLS to a server that was verified, and nowhere else. The server is a script. */
@Timeout(60)
class OauthIT {
    private static final String TOKEN = "eyJ0b2tlbiI6IjEifQ.a-b_c~d+e/f==";
    private static final Step STARTUP = Step.expect(Opening.Startup.class);
    private static final Step OFFER = Step.send(new Authentication.Sasl(List.of("OAUTHBEARER")));
    private static final SASLInitialResponse BEARER =
            new SASLInitialResponse("OAUTHBEARER", utf8("n,,\u0001auth=Bearer " + TOKEN + "\u0001\u0001"));

    @TempDir
    private static Path files;

    private static TestCertificates certificates;
    private static SSLContext tls;

    private final List<OauthTokenSource.Request> asked = new ArrayList<>();

    @BeforeAll
    static void make() throws Exception {
        certificates = TestCertificates.in(files);
        tls = TestCertificates.context(certificates.issue(TestCertificates.forLocalhost()));
    }

    private Config config(ScriptedServer server, String extra) {
        return Config.parse(server.dsn() + " host=localhost hostaddr=127.0.0.1 user=ada oauth_issuer=https://issuer"
                        + " oauth_client_id=pgwire sslrootcert=" + certificates.authority() + " " + extra)
                .toBuilder()
                .oauthTokens(request -> {
                    asked.add(request);
                    return TOKEN;
                })
                .build();
    }

    @Test
    void aServerThatWasVerifiedGetsTheToken() {
        try (ScriptedServer server = ScriptedServer.start(
                        Step.startTls(tls), STARTUP, OFFER, Step.expect(BEARER), Step.welcome(Map.of()));
                Connection conn = Postgres.connect(config(server, "sslmode=verify-full"))) {
            assertEquals(AuthMethod.OAUTH, conn.info().authentication());
            assertEquals("TLSv1.3", conn.info().tlsVersion());
            server.assertDone();
        }
        assertEquals(1, asked.size());
        assertEquals("localhost", asked.get(0).host().name());
        assertEquals("ada", asked.get(0).user());
        assertEquals("https://issuer", asked.get(0).issuer());
    }

    /** That a certificate leads to a trusted root says not whose it is. */
    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "require", "require sslrootcert="})
    void aServerWhoseNameWasNotVerifiedDoesNotAndNobodyIsAskedForIt(String mode) {
        String files = mode.endsWith("=") ? OauthIT.files.resolve("none.crt").toString() : "";
        String message = refused("sslmode=" + mode + files, Step.startTls(tls), STARTUP, OFFER, Step.expectEnd());
        assertTrue(message.contains("not verified, expected sslmode=verify-full"), message);
        assertEquals(List.of(), asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow"})
    void aServerWithoutTlsDoesNotEither(String mode) {
        String message = refused("sslmode=" + mode, STARTUP, OFFER, Step.expectEnd());
        assertTrue(message.contains("not encrypted, expected sslmode=verify-full"), message);
        assertEquals(List.of(), asked);
    }

    @Test
    void aServerThatAsksForThePasswordFirstDoesNotGetTheTokenFromRequireAuth() {
        String message = refused(
                "sslmode=verify-full require_auth=oauth password=S3cr3t",
                Step.startTls(tls),
                STARTUP,
                Step.send(Authentication.Request.CLEARTEXT_PASSWORD),
                Step.expectEnd());
        assertTrue(message.contains("expected oauth (require_auth)"), message);
        assertEquals(List.of(), asked);
    }

    @Test
    void aTokenThatIsNotGoodIsRefusedWithTheServersReasons() {
        String reasons = "{\"status\":\"invalid_token\",\"scope\":\"openid email\","
                + "\"openid-configuration\":\"https://issuer/.well-known/openid-configuration\"}";
        String message = refused(
                "sslmode=verify-full",
                Step.startTls(tls),
                STARTUP,
                OFFER,
                Step.expect(BEARER),
                Step.send(new Authentication.SaslContinue(utf8(reasons))),
                Step.expect(new SASLResponse(new byte[] {1})),
                Step.send(new ErrorResponse(Diagnostic.builder()
                        .field('S', "FATAL")
                        .field('V', "FATAL")
                        .field('C', "28000")
                        .field('M', "OAuth bearer authentication failed for user \"ada\"")
                        .build())),
                Step.close());
        assertTrue(message.contains("\"invalid_token\""), message);
        assertTrue(message.contains("\"openid email\""), message);
        assertTrue(message.contains("https://issuer/.well-known/openid-configuration"), message);
        assertEquals(1, asked.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{", "{\"status\":1}", "[]"})
    void reasonsThatNobodyUnderstandsLetNobodyIn(String reasons) {
        refused(
                "sslmode=verify-full",
                Step.startTls(tls),
                STARTUP,
                OFFER,
                Step.expect(BEARER),
                Step.send(new Authentication.SaslContinue(utf8(reasons))),
                connection -> {},
                Step.close());
    }

    @Test
    void aServerThatLetsInAfterItRefusedIsNotBelieved() {
        String message = refused(
                "sslmode=verify-full",
                Step.startTls(tls),
                STARTUP,
                OFFER,
                Step.expect(BEARER),
                Step.send(new Authentication.SaslContinue(utf8("{\"status\":\"invalid_token\"}"))),
                Step.expect(new SASLResponse(new byte[] {1})),
                Step.send(Authentication.Request.OK),
                Step.expectEnd());
        assertTrue(message.contains("after it refused the bearer token"), message);
    }

    private String refused(String extra, Step... script) {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            Config config = config(server, extra);
            OperationalException refused = assertThrows(OperationalException.class, () -> Postgres.connect(config));
            server.assertDone();
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                assertFalse(String.valueOf(cause).contains(TOKEN), String.valueOf(cause));
            }
            return refused.getMessage();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
