package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** A run of {@code --doctor}: what it printed, and its exit status. */
record Examination(int status, List<String> lines) {
    /** No test has another password. */
    static final String SECRET = "S3cr3t";

    static Examination of(String dsn) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Input nothing = new Input(new ByteArrayInputStream(new byte[0]), false);
        int status = Console.run(
                new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), nothing, "--doctor", dsn);
        assertEquals("", err.toString(UTF_8));
        assertFalse(out.toString(UTF_8).contains(SECRET), out.toString(UTF_8));
        return new Examination(status, out.toString(UTF_8).lines().toList());
    }

    Examination assertStatus(int expected) {
        assertEquals(expected, status, this::toString);
        return this;
    }

    /** The marks and steps in their order, without the advice. */
    Examination assertSteps(String... expected) {
        List<String> steps = lines.stream()
                .filter(line -> !line.startsWith("advice"))
                .map(line -> line.substring(0, Math.min(line.length(), 23))
                        .replaceAll(" +", " ")
                        .strip())
                .toList();
        assertEquals(List.of(expected), steps, this::toString);
        return this;
    }

    /** What is said of a step, as often as it comes. */
    Examination assertSays(String markAndStep, String... words) {
        List<String> told = lines.stream()
                .filter(line -> line.replaceAll(" +", " ").startsWith(markAndStep + " "))
                .toList();
        for (String word : words) {
            assertTrue(
                    told.stream().anyMatch(line -> line.contains(word)),
                    () -> word + " in " + markAndStep + " of " + this);
        }
        return this;
    }

    /** That the last failure is followed by this advice. */
    Examination assertAdvises(String... words) {
        return assertSays("advice", words);
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\nexit " + status;
    }
}
