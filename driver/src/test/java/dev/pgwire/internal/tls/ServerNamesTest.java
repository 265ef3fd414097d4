package dev.pgwire.internal.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServerNamesTest {
    @Test
    void theServersNameIsToldOnlyIfItIsOne() {
        assertEquals(
                "[type=host_name (0), value=db.example]",
                ServerNames.of("db.example").toString());
        assertEquals(
                "[type=host_name (0), value=db.example]",
                ServerNames.of("db.example.").toString());
        assertArrayEquals(
                "my_db".getBytes(StandardCharsets.US_ASCII),
                ServerNames.of("my_db").get(0).getEncoded());
        for (String none : new String[] {"", ".", "10.0.0.1", "127.1", "::1", "fe80::1%eth0"}) {
            assertEquals("[]", ServerNames.of(none).toString(), none);
        }
    }
}
