package dev.pgwire.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\u0001", "\ud83d\ude00", "a\ud83d\ude00b", "\uffff", "\ud7ff\ue000"})
    void textThatTheServerCanTakeIsReturnedAsItIs(String text) {
        assertSame(text, Texts.check(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'\0', 0, NUL",
        "'ab\0c', 2, NUL",
        "'\ud83d', 0, surrogate",
        "'a\ude00', 1, surrogate",
        "'\ud83d\ud83d\ude00', 0, surrogate",
        "'\ud83d\ude00\ude00', 2, surrogate",
        "'\ud83da', 0, surrogate",
    })
    void whatItCannotTakeIsRefusedWithItsPlace(String text, int index, String what) {
        DataException refused = assertThrows(DataException.class, () -> Texts.check(text));
        assertEquals("22021", refused.sqlState());
        assertTrue(refused.getMessage().contains(what), refused.getMessage());
        assertTrue(refused.getMessage().contains("index " + index + ","), refused.getMessage());
    }

    @Test
    void whatIsTakenIsExactlyWhatUtf8KeepsAndHasNoNul() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        char[] alphabet = {'a', '\0', '\u00e9', '\ud83d', '\ud83d', '\ude00', '\ude00', '\uffff'};
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder builder = new StringBuilder();
            for (int length = random.nextInt(5); length > 0; length--) {
                builder.append(alphabet[random.nextInt(alphabet.length)]);
            }
            String text = builder.toString();
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            boolean good = text.indexOf('\0') < 0 && new String(utf8, StandardCharsets.UTF_8).equals(text);
            if (good) {
                taken++;
                Texts.check(text);
            } else {
                assertThrows(DataException.class, () -> Texts.check(text), "seed " + seed);
            }
        }
        assertTrue(taken > 1_000, "seed " + seed);
    }
}
