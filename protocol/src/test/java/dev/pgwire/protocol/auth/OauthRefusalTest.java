package dev.pgwire.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OauthRefusalTest {
    private static OauthRefusal read(String json) {
        return OauthRefusal.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void allThreeAreRead() {
        assertEquals(
                new OauthRefusal("invalid_token", "a b", "https://x/.well-known"),
                read(
                        "{\"status\":\"invalid_token\",\"scope\":\"a b\",\"openid-configuration\":\"https://x/.well-known\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"s\"}",
                " {\t\"more\" : {\"status\":\"deep\", \"a\":[\"status\",\"x\"]} , \"status\"\r\n:\n\"s\" } ",
                "{\"n\":1,\"t\":true,\"z\":null,\"l\":[1,\"status\"],\"status\":\"s\"",
                "{\"status\":\"\\u0073\"}",
                "{\"status\":\"s\",\"status\":\"second\"}",
                "{\"status\":\"s",
                "{\"x\":\"}\\\"{\",\"status\":\"s\"}",
            })
    void theStatusIsFound(String json) {
        assertEquals(new OauthRefusal("s", null, null), read(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status",
                "\"status\":\"s\"",
                "[\"status\",\"s\"]",
                "{\"status\"",
                "{\"status\":",
                "{\"status\":1}",
                "{\"status\":{\"status\":\"s\"}}",
                "{\"a\":\"status\"}",
                "}{\"",
                "{\"status\\",
                "{\"\\u",
            })
    void whatIsNotThereIsNull(String json) {
        assertNull(read(json).status());
    }

    @Test
    void textsForPeopleAreShortAndWithoutControlCharacters() {
        OauthRefusal refusal = read("{\"status\":\"a\\nb\u0007é\",\"scope\":\"" + "x".repeat(1_000) + "\"}");
        assertEquals("a?b?é", refusal.status());
        assertEquals("x".repeat(200) + "...", refusal.scope());
    }

    @Test
    void anOversizedMessageIsRefusedUnread() {
        assertThrows(AuthenticationFailure.class, () -> OauthRefusal.read(new byte[2_001]));
    }

    @Test
    void noBytesAtAllBreakTheReader() {
        Seed seed = Seed.take();
        Random random = seed.random();
        String alphabet = "{}[]\",:\\us0 status";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder json = new StringBuilder("{");
            for (int length = random.nextInt(40); length > 0; length--) {
                json.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertDoesNotThrow(() -> read(json.toString()), () -> seed + ": " + json);
        }
    }
}
