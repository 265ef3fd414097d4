package dev.pgwire.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientEncodingTest {
    @Test
    void spellingsOfUtf8AreTheServers() {
        for (String name : List.of("UTF8", "utf-8", "Utf_8", "UNICODE", "unicode", "u t f 8")) {
            assertTrue(ClientEncoding.isUtf8(name), name);
        }
        for (String name : List.of("LATIN1", "UTF16", "utf88", "SQL_ASCII", "")) {
            assertEquals(false, ClientEncoding.isUtf8(name), name);
        }
    }

    @Test
    void anotherEncodingIsRefusedWithItsSource() {
        String refusal = ClientEncoding.refusal(Config.parse("host=h client_encoding=WIN1252"));

        assertNotNull(refusal);
        assertTrue(refusal.startsWith("client_encoding is WIN1252 (connection string), expected UTF8"), refusal);
    }

    @Test
    void localeIsOneOfUtf8() {
        assertNull(ClientEncoding.refusal(Config.parse("host=h client_encoding=auto")));
        assertNull(ClientEncoding.refusal(Config.parse("host=h client_encoding=utf-8")));
    }
}
