package dev.pgwire.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Md5Test {
    @Test
    void theResponseIsTheHashOfTheStoredHashAndTheSalt() {
        // With md5sum: the hash of secretada, and then the hash of its digits and the four bytes of the salt.
        byte[] response = Md5.response(utf8("ada"), utf8("secret"), new byte[] {1, 2, 3, 4});

        assertEquals("md5164dbcd37c01a78e869e72965960a754", new String(response, StandardCharsets.US_ASCII));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
