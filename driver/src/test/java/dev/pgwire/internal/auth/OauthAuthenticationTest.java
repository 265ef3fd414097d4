package dev.pgwire.internal.auth;

import static dev.pgwire.fixture.Messages.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Config;
import dev.pgwire.config.OauthTokenSource;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OauthAuthenticationTest {
    private static final String TOKEN = "eyJ0b2tlbiI6IjEifQ.a-b_c~d+e/f==";
    private static final Authentication OFFER = new Authentication.Sasl(List.of("OAUTHBEARER"));
    private static final ChannelSecurity TRUSTED = new ChannelSecurity(true, true, false, null, null);

    private final List<OauthTokenSource.Request> asked = new ArrayList<>();

    private Authenticator with(String token, ChannelSecurity channel) {
        Config config = Config.parse("host=db user=ada oauth_issuer=https://issuer oauth_client_id=pgwire"
                        + " oauth_client_secret=shh oauth_scope=openid")
                .toBuilder()
                .oauthTokens(request -> {
                    asked.add(request);
                    return token;
                })
                .build();
        return new Authenticator(config, config.hosts().get(0), null, channel);
    }

    private static String refused(Authenticator authenticator, Authentication request) {
        OperationalException refused = assertThrows(OperationalException.class, () -> authenticator.answer(request));
        return refused.getMessage();
    }

    @Test
    void theTokenIsShownInTheFirstMessage() {
        Authenticator authenticator = with(TOKEN, TRUSTED);
        assertEquals(
                new SASLInitialResponse("OAUTHBEARER", utf8("n,,\u0001auth=Bearer " + TOKEN + "\u0001\u0001")),
                authenticator.answer(OFFER));
        assertNull(authenticator.answer(Authentication.Request.OK));
        assertEquals(AuthMethod.OAUTH, authenticator.used());
        assertFalse(authenticator.channelBound());
    }

    @Test
    void theSourceIsToldWhatTheTokenIsFor() {
        with(TOKEN, TRUSTED).answer(OFFER);
        OauthTokenSource.Request request = asked.get(0);
        assertEquals("db", request.host().name());
        assertEquals("ada", request.user());
        assertEquals("https://issuer", request.issuer());
        assertEquals("pgwire", request.clientId());
        assertEquals("shh", request.clientSecret());
        assertEquals("openid", request.scope());
        assertEquals(1, asked.size());
    }

    @Test
    void onlyAServerThatHasShownWhoItIsGetsAToken() {
        assertEquals(
                "the server asks for a bearer token over a channel that is not encrypted, expected sslmode=verify-full",
                refused(with(TOKEN, ChannelSecurity.PLAIN), OFFER));
        assertEquals(
                "the server asks for a bearer token over a channel that is not verified, expected sslmode=verify-full",
                refused(with(TOKEN, new ChannelSecurity(true, false, false, null, null)), OFFER));
        assertTrue(asked.isEmpty(), "nobody was asked for a token");
    }

    @Test
    void withoutASourceTheErrorSaysHowToGiveOne() {
        Config config = Config.parse("user=ada");
        Authenticator authenticator = new Authenticator(config, config.hosts().get(0), "S3cr3t", TRUSTED);
        assertEquals(
                "the server asks user \"ada\" for a bearer token, and nobody gives one,"
                        + " expected Config.Builder.oauthTokens",
                refused(authenticator, OFFER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "se cret", "secret\u0001", "s=ecret", "sécret", "secret\n", "secret,", "sec\0ret"})
    void aTokenWithOtherCharactersIsNeitherSentNorShown(String token) {
        String message = refused(with(token, TRUSTED), OFFER);
        assertTrue(message.contains("RFC 6750"), message);
        assertFalse(message.contains("sec") || message.contains("cret"), message);
    }

    @Test
    void aRefusalIsAnsweredWithNothingAndExplainedByTheServer() {
        Authenticator authenticator = with(TOKEN, TRUSTED);
        authenticator.answer(OFFER);
        String json = "{ \"status\" : \"invalid_token\",\n \"openid-configuration\": \"https:\\/\\/issuer\\u002fwell\","
                + " \"scope\": \"openid email\" }";
        assertEquals(
                new SASLResponse(new byte[] {1}), authenticator.answer(new Authentication.SaslContinue(utf8(json))));

        DatabaseException server = new OperationalException("28000", "OAuth bearer authentication failed", null);
        DatabaseException explained = (DatabaseException) authenticator.explained(server);
        assertEquals(
                "the server does not accept the bearer token: \"invalid_token\", expected a valid one for the scope"
                        + " \"openid email\" of the issuer at \"https://issuer/well\"",
                explained.getMessage());
        assertEquals("28000", explained.sqlState());
        assertFalse(explained.getMessage().contains(TOKEN));
        assertSame(server, explained.getCause());
    }

    @Test
    void aServerThatLetsInAfterItRefusedIsNotTrusted() {
        Authenticator authenticator = with(TOKEN, TRUSTED);
        authenticator.answer(OFFER);
        authenticator.answer(new Authentication.SaslContinue(utf8("{\"status\":\"invalid_token\"}")));
        assertTrue(refused(authenticator, new Authentication.SaslContinue(utf8("{}")))
                .contains("not shown"));
        refused(authenticator, new Authentication.SaslFinal(new byte[0]));
        assertEquals(
                "the server lets us in after it refused the bearer token",
                refused(authenticator, Authentication.Request.OK));
    }
}
