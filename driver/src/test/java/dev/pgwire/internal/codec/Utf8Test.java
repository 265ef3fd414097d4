package dev.pgwire.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.registry.Samples;
import dev.pgwire.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @Test
    void theLengthIsThatOfTheBytes() {
        SplittableRandom random = Seed.take().splittableRandom();
        for (int i = 0; i < 20_000; i++) {
            String text = Samples.text(random);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertEquals(bytes.length, Utf8.length(text));
            assertEquals(text, Utf8.decode(bytes, 0, bytes.length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "c3", "61c3", "c080", "eda0bd", "f4908080", "fe", "ff", "efbf", "e697"})
    void brokenBytesAreNeverReplaced(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        DataException error = assertThrows(DataException.class, () -> Utf8.decode(bytes, 0, bytes.length));
        assertTrue(error.getMessage().contains("getRaw"), error.getMessage());
    }

    @Test
    void aReplacementCharacterThatTheServerSentIsText() {
        byte[] bytes = "a\uFFFDb".getBytes(StandardCharsets.UTF_8);
        assertEquals("a\uFFFDb", Utf8.decode(bytes, 0, bytes.length));
    }
}
