package dev.pgwire.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.config.ConnectionString;
import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.Settings;
import dev.pgwire.testing.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random connection strings, read here and by libpq, through psycopg2 where that is installed (python3-psycopg2 of Debian has
 * libpq 15; {@code LD_LIBRARY_PATH} may name the directory of a newer one).
 */
class ConnectionStringOracleIT {
    private static final int STRINGS = 20_000;
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");
    private static final String REFUSED = "!";
    private static final String REFUSED_ONLY_HERE = "!!";

    @TempDir
    Path directory;

    @TestFactory
    List<DynamicTest> bothReadTheSame() throws IOException, InterruptedException {
        for (String python : PYTHONS) {
            List<String> version = ask(python, List.of());
            if (version.size() == 1) {
                int libpq = Integer.parseInt(version.get(0));
                Seed seed = Seed.take();
                return List.of(dynamicTest(
                        "libpq " + libpq / 10_000 + " reads " + STRINGS + " strings in the same way, " + seed,
                        () -> compare(python, new RandomDsn(seed.random(), libpq))));
            }
        }
        return List.of(dynamicTest("did not run: there is no python3 with psycopg2", () -> {}));
    }

    private void compare(String python, RandomDsn random) throws IOException, InterruptedException {
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < STRINGS; i++) {
            strings.add(random.next());
        }
        List<String> answers = ask(python, strings);
        assertEquals(strings.size() + 1, answers.size());
        List<String> differences = new ArrayList<>();
        int accepted = 0;
        for (int i = 0; i < strings.size(); i++) {
            String libpq = answers.get(i + 1);
            String ours = read(strings.get(i), libpq);
            accepted += libpq.equals(REFUSED) ? 0 : 1;
            if (!ours.equals(libpq) && !ours.equals(REFUSED_ONLY_HERE)) {
                differences.add(strings.get(i) + "\n  libpq: " + libpq + "\n  here: " + ours);
            }
        }
        assertEquals(
                List.of(), differences.subList(0, Math.min(10, differences.size())), differences.size() + " differ");
        assertTrue(accepted > STRINGS / 10 && accepted < STRINGS, accepted + " were accepted");
    }

    private static String read(String dsn, String libpq) {
        Settings settings;
        try {
            settings = ConnectionString.parse(dsn);
        } catch (InterfaceException refused) {
            String message = String.valueOf(refused.getMessage());
            return libpq.equals(REFUSED) || !isOnlyHere(message) ? REFUSED : REFUSED_ONLY_HERE;
        }
        TreeSet<String> pairs = new TreeSet<>();
        for (Keyword keyword : Keyword.values()) {
            String value = settings.value(keyword);
            if (value != null) {
                pairs.add(keyword.text() + "=" + HexFormat.of().formatHex(value.getBytes(UTF_8)));
            }
        }
        return String.join(" ", pairs);
    }

    /**
     * A second @ is part of the host to libpq; here it is refused, lest the rest of a password is shown as a host. Bytes that
     * are no UTF-8 nobody minds there if another value for the keyword follows.
     */
    private static boolean isOnlyHere(String refusal) {
        return refusal.contains("second \"@\"") || refusal.contains("no UTF-8");
    }

    /** The lines that the script prints; none if there is no such Python or it has no psycopg2. */
    private List<String> ask(String python, List<String> strings) throws IOException, InterruptedException {
        Path script = directory.resolve("parse_dsn.py");
        Path in = directory.resolve("in");
        Path out = directory.resolve("out");
        try (var resource = ConnectionStringOracleIT.class.getResourceAsStream("parse_dsn.py")) {
            Files.write(script, resource.readAllBytes());
        }
        Files.write(
                in,
                strings.stream()
                        .map(dsn -> HexFormat.of().formatHex(dsn.getBytes(UTF_8)))
                        .toList());
        Process process;
        try {
            process = new ProcessBuilder(python, script.toString())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noSuchProgram) {
            return List.of();
        }
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return process.exitValue() == 0 ? Files.readAllLines(out) : List.of();
    }
}
