package dev.pgwire.bench.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.bench.Bench;
import dev.pgwire.bench.Pgbench;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program beside pgbench: what {@code debug()} prints is the same, line by line. Without pgbench these tests are skipped. */
@Timeout(120)
class OracleIT {
    @TempDir
    private Path files;

    @BeforeAll
    static void find() throws InterruptedException {
        Pgbench.assume();
    }

    private static List<String> debugged(String err) {
        return err.lines().filter(line -> line.startsWith("debug(")).toList();
    }

    private static List<String> pgbench(List<String> options) throws Exception {
        return debugged(Pgbench.run(TestServer.shared().database(), options));
    }

    private static List<String> ours(List<String> options) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(options);
        arguments.add(TestServer.shared().dsn());
        int status = Bench.run(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream(),
                arguments.toArray(String[]::new));
        assertEquals(0, status, err.toString(StandardCharsets.UTF_8));
        return debugged(err.toString(StandardCharsets.UTF_8));
    }

    private String file(String name, String script) throws IOException {
        return Files.writeString(files.resolve(name), script).toString();
    }

    @Test
    void theTableOfExpressionsIsPgbenchs() throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "-n",
                "-t",
                "2",
                "--random-seed=" + ExpressionTable.SEED,
                "-f",
                file("table.sql", ExpressionTable.script())));
        ExpressionTable.DEFINED.forEach(defined -> options.addAll(List.of("-D", defined)));
        assertEquals(pgbench(options), ours(options));
    }

    @Test
    void eachClientDrawsTheSameNumbers() throws Exception {
        String script = file("draw.sql", "\\set x debug(:client_id * 10000000 + random(1, 1000000))\nSELECT :x;\n");
        List<String> options = List.of("-n", "-t", "5", "-c", "6", "--random-seed=11", "-f", script);
        assertEquals(
                pgbench(options).stream().sorted().toList(),
                ours(options).stream().sorted().toList());
    }

    @Test
    void scriptsAreChosenInTheSameOrder() throws Exception {
        String first = file("first.sql", "\\set x debug(random_zipfian(1, 1000, 1.3))\nSELECT :x;\n");
        String second = file("second.sql", "\\set x debug(random_gaussian(1, 1000, 3))\nSELECT :x;\n");
        List<String> options = List.of(
                "-n", "-t", "60", "--random-seed=99", "-f", first + "@2", "-f", second + "@5", "-M", "prepared");
        assertEquals(pgbench(options), ours(options));
    }
}
