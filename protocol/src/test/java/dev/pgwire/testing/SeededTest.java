package dev.pgwire.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random tests take their seeds from {@link Seed}: read from the sources of the tests of all modules. */
class SeededTest {
    private static final Path ROOT = Path.of("..");
    private static final Path TESTS = Path.of("src/test/java");

    /** A random generator with a number for a seed gives the same values in every run: it needs no other. */
    private static final Pattern UNSEEDED = Pattern.compile("new (Splittable)?Random\\((?!-?[0-9_]+L?\\))"
            + "|\\b(ThreadLocalRandom|SecureRandom|RandomGenerator|RandomGeneratorFactory)\\b"
            + "|\\bMath\\s*\\.\\s*random\\b"
            + "|\\bshuffle\\([^,;]*\\);"
            + "|(?i:seed\\w*\\s*=[^;]*\\b(nanoTime|currentTimeMillis)\\b)"
            + "|(?i:\\.get(Property|Long|Integer)\\(\"[\\w.]*seed\")");

    @Test
    void everyRandomTestTakesItsSeedFromOnePlace() throws IOException {
        List<String> offences = new ArrayList<>();
        int read = 0;
        for (Path source : sources()) {
            read++;
            Matcher matcher = UNSEEDED.matcher(Files.readString(source));
            while (matcher.find()) {
                offences.add(ROOT.relativize(source) + ": " + matcher.group());
            }
        }
        assertEquals(List.of(), offences);
        assertTrue(read > 200, () -> "tests were read from " + ROOT.toAbsolutePath());
    }

    @Test
    void whatDrawsWithoutASeedIsSeen() {
        for (String source : new String[] {
            "new Random()",
            "new Random(seed)",
            "new SplittableRandom(System.nanoTime())",
            "ThreadLocalRandom.current()",
            "Math.random()",
            "Collections.shuffle(list);",
            "long seed = System.nanoTime();",
            "Long.getLong(\"fuzz.seed\", 1)"
        }) {
            assertTrue(UNSEEDED.matcher(source).find(), source);
        }
        for (String source : new String[] {"new Random(64)", "new SplittableRandom(1L)", "shuffle(list, random);"}) {
            assertTrue(!UNSEEDED.matcher(source).find(), source);
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                if (Files.isDirectory(module.resolve(TESTS))) {
                    try (Stream<Path> files = Files.walk(module.resolve(TESTS))) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .filter(file -> !file.getParent().endsWith(Path.of("dev/pgwire/testing")))
                                .forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }
}
