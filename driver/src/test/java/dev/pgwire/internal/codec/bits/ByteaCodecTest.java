package dev.pgwire.internal.codec.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.registry.GrowingWriter;
import dev.pgwire.protocol.Format;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteaCodecTest {
    @ParameterizedTest
    @CsvSource({
        "\\x, ''",
        "'', ''",
        "\\x00FFaB, 00ffab",
        "\\000\\377\\\\A, 00ff5c41",
        "abc, 616263",
        "\\\\x00, 5c783030"
    })
    void bothFormsOfTextAreRead(String text, String hex) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(HexFormat.of().parseHex(hex), GrowingWriter.decoded(ByteaCodec.INSTANCE, bytes, Format.TEXT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\", "\\x0", "\\xzz", "\\x0g", "\\x 00", "\\400", "\\08", "\\12", "abc\\", "a\\1234\\", "\\xé"})
    void brokenTextIsRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(DataException.class, () -> GrowingWriter.decoded(ByteaCodec.INSTANCE, bytes, Format.TEXT));
    }

    @Test
    void theValueIsACopy() {
        byte[] source = {1, 2, 3};
        byte[] value = ByteaCodec.INSTANCE.decodeBinary(source, 0, 3);
        source[0] = 9;
        assertEquals(1, value[0]);
    }
}
