package dev.pgwire.internal.auth;

import static dev.pgwire.fixture.Messages.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.ChannelBinding;
import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.config.SslCertMode;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.fixture.ScramServer;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuthenticatorTest {
    private static final String PASSWORD = "S3cr3t";
    private static final String SCRAM = "SCRAM-SHA-256";
    private static final String PLUS = "SCRAM-SHA-256-PLUS";
    private static final byte[] END_POINT = utf8("the hash of the server's certificate");
    private static final ChannelSecurity TLS = new ChannelSecurity(true, true, false, END_POINT, "SHA256withRSA");
    private static final ChannelSecurity UNBINDABLE = new ChannelSecurity(true, true, false, null, "Ed25519");

    private static final Authentication OK = Authentication.Request.OK;
    private static final Authentication CLEARTEXT = Authentication.Request.CLEARTEXT_PASSWORD;
    private static final Authentication MD5 = new Authentication.Md5Password(new byte[4]);

    /** Everything that a server may begin with, by the name of require_auth. */
    private static final Map<AuthMethod, Authentication> REQUESTS = Map.of(
            AuthMethod.NONE,
            OK,
            AuthMethod.PASSWORD,
            CLEARTEXT,
            AuthMethod.MD5,
            MD5,
            AuthMethod.GSS,
            Authentication.Request.GSS,
            AuthMethod.SSPI,
            Authentication.Request.SSPI,
            AuthMethod.SCRAM_SHA_256,
            offer(SCRAM),
            AuthMethod.OAUTH,
            offer("OAUTHBEARER"));

    private static Authentication offer(String... mechanisms) {
        return new Authentication.Sasl(List.of(mechanisms));
    }

    private static Authenticator with(Set<AuthMethod> accepted, ChannelBinding binding, ChannelSecurity channel) {
        Config config = Config.builder().host("db").user("ada").build();
        return new Authenticator(
                config,
                config.hosts().get(0),
                PASSWORD,
                channel,
                new AuthDemands(accepted, binding, SslCertMode.ALLOW, channel));
    }

    private static Authenticator bound(ChannelBinding binding, ChannelSecurity channel) {
        return with(EnumSet.allOf(AuthMethod.class), binding, channel);
    }

    private static Authenticator requiring(AuthMethod... methods) {
        Set<AuthMethod> accepted = EnumSet.noneOf(AuthMethod.class);
        accepted.addAll(List.of(methods));
        return with(accepted, ChannelBinding.PREFER, ChannelSecurity.PLAIN);
    }

    private static String refused(Authenticator authenticator, Authentication request) {
        OperationalException refused =
                assertThrows(OperationalException.class, () -> authenticator.answer(request), request.toString());
        assertFalse(refused.getMessage().contains(PASSWORD), refused.getMessage());
        if (!(refused instanceof ProtocolViolationException)) {
            assertEquals("28000", refused.sqlState());
        }
        return refused.getMessage();
    }

    /** Plays SCRAM up to the server's last message, and gives the first of the client. */
    private static String scram(Authenticator authenticator, Authentication offer, byte[] endPoint) {
        ScramServer server = new ScramServer(PASSWORD, 1);
        SASLInitialResponse first = (SASLInitialResponse) authenticator.answer(offer);
        SASLResponse last =
                (SASLResponse) authenticator.answer(new Authentication.SaslContinue(server.challenge(first.data())));
        assertNull(authenticator.answer(new Authentication.SaslFinal(server.verify(last.data(), endPoint))));
        return first.mechanism() + " " + new String(first.data(), StandardCharsets.UTF_8);
    }

    // require_auth

    @ParameterizedTest
    @EnumSource(AuthMethod.class)
    void withEveryMethodExcludedEveryRequestIsRefused(AuthMethod asked) {
        String message = refused(requiring(), REQUESTS.get(asked));
        assertTrue(
                message.endsWith("expected none, because require_auth excludes every method")
                        || message.endsWith("expected one for none, because require_auth excludes every method"),
                message);
    }

    @ParameterizedTest
    @EnumSource(AuthMethod.class)
    void whatIsNotAmongTheRequiredIsRefusedUnanswered(AuthMethod asked) {
        EnumSet<AuthMethod> others = EnumSet.complementOf(EnumSet.of(asked));
        String message = refused(requiring(others.toArray(AuthMethod[]::new)), REQUESTS.get(asked));
        assertTrue(message.contains("(require_auth)"), message);
        assertTrue(message.contains("expected"), message);
    }

    @Test
    void whatIsRequiredIsAnswered() {
        Authenticator password = requiring(AuthMethod.PASSWORD);
        assertEquals(new PasswordMessage(utf8(PASSWORD)), password.answer(CLEARTEXT));
        assertNull(password.answer(OK));
        assertEquals(AuthMethod.PASSWORD, password.used());

        Authenticator none = requiring(AuthMethod.NONE);
        assertNull(none.answer(OK));
        assertEquals(AuthMethod.NONE, none.used());

        Authenticator scram = requiring(AuthMethod.SCRAM_SHA_256);
        scram(scram, offer(SCRAM), new byte[0]);
        assertNull(scram.answer(OK));
        assertEquals(AuthMethod.SCRAM_SHA_256, scram.used());
        assertFalse(scram.channelBound());
    }

    @Test
    void aServerThatLetsInUnaskedIsRefusedWhereAMethodIsRequired() {
        assertEquals(
                "the server asks for no authentication, expected scram-sha-256 (require_auth)",
                refused(requiring(AuthMethod.SCRAM_SHA_256), OK));
        assertEquals(
                "the server asks for md5 authentication, expected gss or scram-sha-256 (require_auth)",
                refused(requiring(AuthMethod.SCRAM_SHA_256, AuthMethod.GSS), MD5));
    }

    /** Other than libpq, which accepts a half finished SCRAM where none is accepted too. */
    @Test
    void aServerThatDoesNotProveItselfIsRefusedEvenWhereNoneIsAccepted() {
        Authenticator authenticator = requiring(AuthMethod.SCRAM_SHA_256, AuthMethod.NONE);
        authenticator.answer(offer(SCRAM));
        assertTrue(refused(authenticator, OK).contains("before it proved"));
    }

    @Test
    void aSecondMethodIsRefusedUnanswered() {
        for (Authentication second : List.of(CLEARTEXT, MD5, offer(SCRAM), Authentication.Request.SSPI)) {
            Authenticator scram = bound(ChannelBinding.PREFER, ChannelSecurity.PLAIN);
            scram.answer(offer(SCRAM));
            assertTrue(refused(scram, second).contains("expected one method"));
        }
        Authenticator password = bound(ChannelBinding.PREFER, ChannelSecurity.PLAIN);
        password.answer(CLEARTEXT);
        password.answer(CLEARTEXT);
        refused(password, MD5);
        refused(password, offer(SCRAM));
        Authenticator md5 = bound(ChannelBinding.PREFER, ChannelSecurity.PLAIN);
        md5.answer(MD5);
        refused(md5, MD5);
    }

    // channel_binding

    @Test
    void aRequiredBindingIsAnsweredToNothingElse() {
        for (Authentication request : List.of(
                OK,
                CLEARTEXT,
                MD5,
                Authentication.Request.GSS,
                Authentication.Request.SSPI,
                offer(SCRAM),
                offer("OAUTHBEARER"),
                offer())) {
            String message = refused(bound(ChannelBinding.REQUIRE, TLS), request);
            assertTrue(message.endsWith("expected SCRAM-SHA-256-PLUS (channel_binding=require)"), message);
        }
    }

    @Test
    void aRequiredCertificateMustHaveBeenShownHoweverTheServerLetsUsIn() {
        Config config = Config.parse("host=db user=ada sslcertmode=require");
        Host host = config.hosts().get(0);
        String plain = "the server lets us in without a certificate of the client over a channel that is not encrypted,"
                + " expected it to ask for one (sslcertmode=require)";
        assertEquals(plain, refused(new Authenticator(config, host, PASSWORD, ChannelSecurity.PLAIN), OK));
        String unasked =
                "the server lets us in without a certificate of the client, expected it to ask for one (sslcertmode=require)";
        assertEquals(unasked, refused(new Authenticator(config, host, PASSWORD, TLS), OK));
        Authenticator scram = new Authenticator(config, host, PASSWORD, TLS);
        scram(scram, offer(SCRAM), new byte[0]);
        assertEquals(unasked, refused(scram, OK));
        Authenticator cleartext = new Authenticator(config, host, PASSWORD, ChannelSecurity.PLAIN);
        cleartext.answer(CLEARTEXT);
        assertEquals(plain, refused(cleartext, OK));
        ChannelSecurity shown = new ChannelSecurity(true, false, true, END_POINT, "SHA256withRSA");
        assertNull(new Authenticator(config, host, PASSWORD, shown).answer(OK));
    }

    @Test
    void aRequiredBindingNeedsTls() {
        String message = refused(bound(ChannelBinding.REQUIRE, ChannelSecurity.PLAIN), offer(SCRAM));
        assertEquals(
                "channel_binding=require, but the channel is not encrypted, expected sslmode=require or stronger",
                message);
    }

    @Test
    void aRequiredBindingNamesTheAlgorithmThatCannotBeBoundTo() {
        for (byte[] nothing : new byte[][] {null, {}}) {
            ChannelSecurity channel = new ChannelSecurity(true, true, false, nothing, "Ed25519");
            String message = refused(bound(ChannelBinding.REQUIRE, channel), offer(PLUS, SCRAM));
            assertTrue(message.contains("signed with Ed25519, which has no hash to bind to"), message);
        }
    }

    @ParameterizedTest
    @CsvSource({"REQUIRE", "PREFER"})
    void scramIsBoundWhereItCanBe(ChannelBinding binding) {
        Authenticator authenticator = bound(binding, TLS);
        assertFalse(authenticator.channelBound());
        String first = scram(authenticator, offer(PLUS, SCRAM), END_POINT);
        assertTrue(first.startsWith(PLUS + " p=tls-server-end-point,,n=*,r="), first);
        assertNull(authenticator.answer(OK));
        assertTrue(authenticator.channelBound());
    }

    @Test
    void aServerThatCannotBindIsToldThatWeCould() {
        Authenticator authenticator = bound(ChannelBinding.PREFER, TLS);
        String first = scram(authenticator, offer(SCRAM), new byte[0]);
        assertTrue(first.startsWith(SCRAM + " y,,n=*,r="), first);
        assertFalse(authenticator.channelBound());
    }

    @Test
    void whoCannotBindSaysSo() {
        for (Authenticator authenticator : List.of(
                bound(ChannelBinding.DISABLE, TLS),
                bound(ChannelBinding.DISABLE, UNBINDABLE),
                bound(ChannelBinding.PREFER, UNBINDABLE),
                bound(ChannelBinding.PREFER, new ChannelSecurity(true, true, false, new byte[0], "Ed448")))) {
            String first = scram(authenticator, offer(PLUS, SCRAM), new byte[0]);
            assertTrue(first.startsWith(SCRAM + " n,,n=*,r="), first);
            assertNull(authenticator.answer(OK));
            assertFalse(authenticator.channelBound());
        }
        String first = scram(bound(ChannelBinding.PREFER, ChannelSecurity.PLAIN), offer(SCRAM), new byte[0]);
        assertTrue(first.startsWith(SCRAM + " n,,"), first);
    }

    @ParameterizedTest
    @EnumSource(ChannelBinding.class)
    void anOfferToBindToAChannelThatIsNotEncryptedIsRefused(ChannelBinding binding) {
        String message = refused(bound(binding, ChannelSecurity.PLAIN), offer(PLUS, SCRAM));
        assertEquals(
                "the server offers SCRAM-SHA-256-PLUS over a channel that is not encrypted, expected it only over TLS",
                message);
    }

    @Test
    void aServerThatOnlyBindsIsRefusedByWhoCannot() {
        refused(bound(ChannelBinding.DISABLE, TLS), offer(PLUS));
        refused(bound(ChannelBinding.PREFER, UNBINDABLE), offer(PLUS));
    }

    // The rest

    @Test
    void moreScramIterationsThanConfiguredAreRefused() {
        Config config = Config.parse("scram_max_iterations=10");
        for (String iterations : List.of("11", "2147483647", "0", "-1", "NaN")) {
            Authenticator authenticator =
                    new Authenticator(config, config.hosts().get(0), PASSWORD, ChannelSecurity.PLAIN);
            ScramServer server = new ScramServer(PASSWORD, iterations);
            SASLInitialResponse first = (SASLInitialResponse) authenticator.answer(offer(SCRAM));
            refused(authenticator, new Authentication.SaslContinue(server.challenge(first.data())));
        }
    }

    @Test
    void scramMessagesOutOfOrderAreRefused() {
        Authenticator authenticator = bound(ChannelBinding.PREFER, ChannelSecurity.PLAIN);
        refused(authenticator, new Authentication.SaslContinue(new byte[0]));
        refused(authenticator, new Authentication.SaslFinal(new byte[0]));
        refused(authenticator, new Authentication.GssContinue(new byte[0]));
        ScramServer server = new ScramServer(PASSWORD, 1);
        SASLInitialResponse first = (SASLInitialResponse) authenticator.answer(offer(SCRAM));
        byte[] challenge = server.challenge(first.data());
        FrontendMessage last = authenticator.answer(new Authentication.SaslContinue(challenge));
        byte[] proof = server.verify(((SASLResponse) last).data(), new byte[0]);
        refused(authenticator, new Authentication.SaslContinue(challenge));
        authenticator.answer(new Authentication.SaslFinal(proof));
        refused(authenticator, new Authentication.SaslFinal(proof));
    }

    @Test
    void aRefusalThatNeedsNoExplanationStaysAsItIs() {
        DatabaseException server = new OperationalException("28P01", "no", null);
        Authenticator authenticator = bound(ChannelBinding.PREFER, ChannelSecurity.PLAIN);
        assertEquals(server, authenticator.explained(server));
        authenticator.answer(offer(SCRAM));
        assertEquals(server, authenticator.explained(server));
        assertArrayEquals(END_POINT, TLS.endPoint());
    }

    @Test
    void gssapiNeedsTheNameOfAHost() {
        Config config = Config.parse("host=/tmp");
        for (Host host : List.of(new Host("/tmp", null, 5432), new Host("", "127.0.0.1", 5432))) {
            Authenticator authenticator = new Authenticator(config, host, null, ChannelSecurity.PLAIN);
            assertTrue(refused(authenticator, Authentication.Request.GSS).contains("expected host=..."));
        }
    }
}
