package dev.pgwire.console.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pgwire.testing.Seed;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RawTextTest {
    @Test
    void everyByteComesBackAsItWas() {
        Seed seed = Seed.take();
        Random random = seed.random();
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);

            assertArrayEquals(bytes, RawText.encode(RawText.decode(bytes)), seed + " round " + round);
        }
    }

    @Test
    void textStaysText() {
        String text = "plain, é, 李, 🐘, \uFFFD, \uD83D\uDC80";

        assertEquals(text, RawText.decode(text.getBytes(UTF_8)));
        assertNull(RawText.invalid(text));
    }

    @Test
    void serverNamesTheBytesThatTheFirstOneAnnounces() {
        assertEquals("e96227", invalid("c3a9e9622722"));
        assertEquals("ff", invalid("ff6161"));
        assertEquals("c327", invalid("c327"));
        assertEquals("f09f9061", invalid("61f09f9061"));
        assertEquals("f0f09f90", invalid("f0f09f9098"));
        assertEquals("e9", invalid("e9"));
        assertEquals("80", invalid("80f09f9098"));
        assertEquals("c080", invalid("c080"));
        assertEquals("eda080", invalid("eda080"));
        assertEquals("f4908080", invalid("f4908080"));
        assertNull(invalid("f09f9098"));
    }

    private static @Nullable String invalid(String hex) {
        byte[] invalid = RawText.invalid(RawText.decode(HexFormat.of().parseHex(hex)));
        return invalid == null ? null : HexFormat.of().formatHex(invalid);
    }
}
