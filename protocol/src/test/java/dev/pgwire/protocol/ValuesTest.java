package dev.pgwire.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.frontend.GSSResponse;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @Test
    void formatsAndStatusesHaveTheCodesOfTheManual() {
        for (Format format : Format.values()) {
            assertEquals(format, Format.of(format.code()));
            assertEquals(format.ordinal(), format.code());
        }
        for (TransactionStatus status : TransactionStatus.values()) {
            assertEquals(status, TransactionStatus.of(status.code()));
        }
        assertThrows(ProtocolViolation.class, () -> Format.of(2));
        assertThrows(ProtocolViolation.class, () -> Format.of(-1));
        assertThrows(ProtocolViolation.class, () -> TransactionStatus.of((byte) 'i'));
    }

    @Test
    void versionsAreOrderedAndHaveTheNumbersOfTheManual() {
        assertEquals(196608, ProtocolVersion.V3_0.code());
        assertEquals(196610, ProtocolVersion.V3_2.code());
        assertEquals(ProtocolVersion.V3_2, ProtocolVersion.of(196610));
        assertEquals(new ProtocolVersion(0xFFFF, 0xFFFF), ProtocolVersion.of(-1));
        assertTrue(ProtocolVersion.V3_0.compareTo(ProtocolVersion.V3_2) < 0);
        assertTrue(ProtocolVersion.V3_2.compareTo(ProtocolVersion.of(-1)) < 0);
        assertEquals("3.2", ProtocolVersion.V3_2.toString());
        assertThrows(IllegalArgumentException.class, () -> new ProtocolVersion(3, 65536));
        assertThrows(IllegalArgumentException.class, () -> new ProtocolVersion(-1, 0));
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 7, 31, 127, -1})
    void aByteThatCannotBePrintedIsShownInHexadecimal(byte value) {
        assertEquals(String.format("0x%02x", value & 0xFF), ProtocolViolation.show(value));
        assertEquals("'~'", ProtocolViolation.show((byte) '~'));
    }

    @Test
    void secretsAreNotPrinted() {
        byte[] secret = Bytes.ascii("S3cr3t");

        assertFalse(new PasswordMessage(secret).toString().contains("S3cr3t"));
        assertEquals("BackendKeyData[processId=1]", new BackendKeyData(1, secret).toString());
        assertEquals("Cancel[processId=1]", new Opening.Cancel(1, secret).toString());
        assertFalse(new SASLResponse(secret).toString().contains("S3cr3t"));
        assertFalse(new SASLInitialResponse("SCRAM-SHA-256", secret).toString().contains("S3cr3t"));
        assertFalse(new GSSResponse(secret).toString().contains("S3cr3t"));
    }

    @Test
    void aMessageDoesNotChangeWithTheCollectionsItWasMadeFrom() {
        Map<String, String> parameters = new java.util.LinkedHashMap<>(Map.of("user", "ada"));
        Opening.Startup startup = new Opening.Startup(ProtocolVersion.V3_0, parameters);
        parameters.put("user", "eve");

        assertEquals("ada", startup.parameters().get("user"));
        assertThrows(
                UnsupportedOperationException.class, () -> startup.parameters().clear());
    }
}
