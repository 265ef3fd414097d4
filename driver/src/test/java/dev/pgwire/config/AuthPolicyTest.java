package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthPolicyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                          | [NONE, PASSWORD, MD5, GSS, SSPI, SCRAM_SHA_256, OAUTH]",
                "none                        | [NONE]",
                "scram-sha-256               | [SCRAM_SHA_256]",
                "md5,scram-sha-256           | [MD5, SCRAM_SHA_256]",
                "oauth,none,gss,sspi         | [NONE, GSS, SSPI, OAUTH]",
                "!none                       | [PASSWORD, MD5, GSS, SSPI, SCRAM_SHA_256, OAUTH]",
                "!password,!md5              | [NONE, GSS, SSPI, SCRAM_SHA_256, OAUTH]",
                "!password,!md5,!gss,!sspi,!scram-sha-256,!oauth,!none | []",
            })
    void theMethodsThatMayBeUsedAreTold(String list, String accepted) {
        assertEquals(accepted, parse(list).acceptedAuth().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",                           | invalid require_auth value",
                "md5,                        | invalid require_auth value",
                ",md5                        | invalid require_auth value",
                "!                           | invalid require_auth value",
                "!!md5                       | invalid require_auth value",
                "bogus                       | invalid require_auth value",
                "md5,bogus                   | invalid require_auth value",
                "MD5                         | invalid require_auth value",
                "md5, password               | invalid require_auth value",
                "password,md5,password       | is specified more than once",
                "none,none                   | is specified more than once",
                "!md5,!md5                   | is specified more than once",
                "!none,!none                 | is specified more than once",
                "md5,!password               | cannot be mixed with non-negative methods",
                "!password,md5               | cannot be mixed with negative methods",
                "!md5,md5                    | cannot be mixed with negative methods",
            })
    void aSlipIsRefused(String list, String message) {
        String refusal =
                assertThrows(InterfaceException.class, () -> parse(list)).getMessage();
        assertTrue(refusal.contains(message), refusal);
        assertTrue(refusal.contains("(connection string)"), refusal);
    }

    private static Config parse(String list) {
        return Config.parse("require_auth='" + list + "'", Around.of());
    }
}
