package dev.pgwire.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.testkit.InstalledPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL's own regression files judge the console: each runs through psql and through the console, on servers that are equal,
 * and what they print, errors included, must be the same byte for byte. {@code regress.txt} names those of which it is; none may
 * be lost. {@code -Dregress=record} writes the list anew.
 */
class RegressIT {
    private static final Path LIST = Path.of("src/test/resources/dev/pgwire/console/regress.txt");
    private static final int LEAST = 195;

    @TempDir
    Path directory;

    @Test
    @Timeout(3600)
    void filesThatAgreedWithPsqlStillDo() throws Exception {
        RegressSource source = source();
        List<String> names = source.schedule();
        TreeSet<String> same = new TreeSet<>();
        try (RegressRun psql = RegressRun.start(source, results("psql"));
                RegressRun console = RegressRun.start(source, results("console"))) {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                Future<Map<String, byte[]>> expected = threads.submit(all(names, psql::psql));
                Future<Map<String, byte[]>> printed = threads.submit(all(names, console::console));
                for (String name : names) {
                    if (Arrays.equals(expected.get().get(name), printed.get().get(name))) {
                        same.add(name);
                    }
                }
            } finally {
                threads.shutdownNow();
            }
        }
        if ("record".equals(System.getProperty("regress"))) {
            Files.write(LIST, same);
        }
        TreeSet<String> lost = new TreeSet<>(Files.readAllLines(LIST));
        lost.removeAll(same);
        assertEquals(new TreeSet<String>(), lost, "these files agree no longer");
        assertTrue(same.size() >= LEAST, () -> same.size() + " files agree");
    }

    private RegressSource source() throws IOException {
        assumeTrue(InstalledPostgres.isInstalled(), "no PostgreSQL of a distribution is installed");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            return RegressSource.fetch(directory);
        } catch (IOException e) {
            assumeTrue(false, "the source of postgresql-15 cannot be had: " + e.getMessage());
            throw e;
        }
    }

    private Path results(String program) throws IOException {
        return Files.createDirectories(directory.resolve(program));
    }

    private static Callable<Map<String, byte[]>> all(List<String> names, Program program) {
        return () -> {
            Map<String, byte[]> printed = new LinkedHashMap<>();
            for (String name : names) {
                printed.put(name, program.print(name));
            }
            return printed;
        };
    }

    private interface Program {
        byte[] print(String name) throws IOException, InterruptedException;
    }
}
