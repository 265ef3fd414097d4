package dev.pgwire.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeedTest {
    private final String given = System.getProperty(Seed.PROPERTY);
    private final PrintStream console = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void putBack() {
        System.setOut(console);
        if (given == null) {
            System.clearProperty(Seed.PROPERTY);
        } else {
            System.setProperty(Seed.PROPERTY, given);
        }
    }

    @Test
    void theSameSeedGivesTheSameValues() {
        assertEquals(drawn(Seed.of("42").random()), drawn(Seed.of("42").random()));
        assertEquals(drawn(Seed.of("42").random(7)), drawn(Seed.of("42").random(7)));
        assertEquals(
                Seed.of("-42").splittableRandom().nextLong(),
                Seed.of("-42").splittableRandom().nextLong());
    }

    @Test
    void anotherSeedAndAnotherPartGiveOtherValues() {
        assertNotEquals(drawn(Seed.of("42").random()), drawn(Seed.of("43").random()));
        assertNotEquals(drawn(Seed.of("42").random(1)), drawn(Seed.of("42").random(2)));
    }

    @Test
    void thePropertyIsTheSeedAndTheTestSaysSo() {
        System.setProperty(Seed.PROPERTY, "42");

        assertEquals(drawn(new Random(42)), drawn(Seed.take().random()));
        assertEquals(
                "SeedTest.thePropertyIsTheSeedAndTheTestSaysSo: -Dpgwire.seed=42 repeats this run"
                        + System.lineSeparator(),
                printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aTestOfSeveralThingsNamesTheThing() {
        System.setProperty(Seed.PROPERTY, "42");

        Seed.take("int4");

        assertTrue(printed.toString(StandardCharsets.UTF_8)
                .startsWith("SeedTest.aTestOfSeveralThingsNamesTheThing of int4: -Dpgwire.seed=42 "));
    }

    @Test
    void whatIsPrintedWithoutThePropertyRepeatsTheRun() {
        System.clearProperty(Seed.PROPERTY);
        Seed seed = Seed.take();

        System.setProperty(Seed.PROPERTY, seed.toString().substring("-Dpgwire.seed=".length()));

        assertEquals(drawn(seed.random()), drawn(Seed.take().random()));
    }

    @Test
    void whatIsNoNumberIsRefused() {
        for (String bad : new String[] {"", "abc", "1.5", "0x2A", "9223372036854775808"}) {
            Exception refusal = assertThrows(IllegalArgumentException.class, () -> Seed.of(bad));
            assertEquals(
                    "-Dpgwire.seed=" + bad + " is no seed: give a whole number of 64 bits, as in -Dpgwire.seed=42",
                    refusal.getMessage());
        }
    }

    private static String drawn(Random random) {
        return random.nextLong() + " " + random.nextInt(1_000);
    }
}
