package dev.pgwire.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL does with a password; {@code PasswordPreparationIT} asks the server itself. */
class SaslPrepTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a\u00a0b,a b",
                // Both tables have it, and the first counts.
                "a\u200bb,a b",
                "a\u00adb,ab",
                "\ufb01,fi",
                "e\u0301,\u00e9",
                // Prohibited before it is normalized to U+0300, so everything stays.
                "a\u0340\ufb01,a\u0340\ufb01",
                "a\u0007\u00a0,a\u0007\u00a0",
                // Unassigned in Unicode 3.2.
                "\u0221\ufb01,\u0221\ufb01",
                // Right to left throughout, and with a letter of the other direction.
                "\u05d0\u00ad\u05d1,\u05d0\u05d1",
                "\u05d0\u00adb,\u05d0\u00adb",
                // Nothing would be left.
                "\u00ad,\u00ad",
            })
    void mapsThenForbidsThenNormalizes(String password, String prepared) {
        assertEquals(prepared, SaslPrep.prepared(password));
    }
}
