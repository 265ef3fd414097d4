package dev.pgwire.internal.tls.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors of RFC 7914, section 12, but the one of a gigabyte. */
class ScryptTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 16, 1, 1, 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
        "password, NaCl, 1024, 8, 16, fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        "pleaseletmein, SodiumChloride, 16384, 8, 1, 7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
    })
    void derivesWhatTheStandardSays(String password, String salt, int cost, int blockSize, int parallel, String key)
            throws Exception {
        assertTrue(Scrypt.isFeasible(cost, blockSize, parallel));
        byte[] derived = Scrypt.derive(utf8(password), utf8(salt), cost, blockSize, parallel, 64);
        assertEquals(key, HexFormat.of().formatHex(derived));
    }

    /** A file may ask for any amount of memory. */
    @ParameterizedTest
    @CsvSource({
        "0, 8, 1",
        "1, 8, 1",
        "3, 8, 1",
        "-2147483648, 8, 1",
        "1048576, 8, 1",
        "2, 2147483647, 1",
        "2, 8, 65",
        "2, 0, 1"
    })
    void whatIsNotSoundOrTooMuchIsRefused(int cost, int blockSize, int parallel) {
        assertFalse(Scrypt.isFeasible(cost, blockSize, parallel));
    }

    @Test
    void theLargestThatOpenSslTakesIsTaken() {
        assertTrue(Scrypt.isFeasible(32768, 8, 1));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
