package dev.pgwire.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScramVerifierTest {
    @Test
    void aRandomSaltMakesAnotherOneEachTime() {
        String one = ScramVerifier.of("pencil".toCharArray());
        assertTrue(
                one.matches("SCRAM-SHA-256\\$4096:[A-Za-z0-9+/]{22}==\\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}="), one);
        assertNotEquals(one, ScramVerifier.of("pencil".toCharArray()));
        assertFalse(one.contains("pencil"));
    }

    @Test
    void whatSaslprepMapsIsTheSame() {
        byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                ScramVerifier.of("IX".toCharArray(), salt, 4096),
                ScramVerifier.of("I\u00ADX".toCharArray(), salt, 4096));
        assertEquals(
                ScramVerifier.of("IX".toCharArray(), salt, 4096), ScramVerifier.of("\u2168".toCharArray(), salt, 4096));
        assertNotEquals(
                ScramVerifier.of("IX".toCharArray(), salt, 4096), ScramVerifier.of("IX".toCharArray(), salt, 4097));
    }

    @Test
    void anEmptyPasswordIsRefused() {
        assertThrows(AuthenticationFailure.class, () -> ScramVerifier.of(new char[0]));
    }
}
