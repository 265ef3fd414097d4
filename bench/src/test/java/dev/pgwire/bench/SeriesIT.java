package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testkit.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several runs, one after the other. */
@Timeout(120)
class SeriesIT {
    @TempDir
    private Path files;

    private Ended run(String... options) {
        String[] all = new String[options.length + 9];
        System.arraycopy(
                new String[] {
                    "-n",
                    "-f",
                    "-",
                    "-T",
                    "1",
                    "--json",
                    files.resolve("all.json").toString(),
                    "--charts",
                    files.toString()
                },
                0,
                all,
                0,
                9);
        System.arraycopy(options, 0, all, 9, options.length);
        return Ended.withScript("SELECT 1;", TestServer.shared().dsn(), all);
    }

    @Test
    void aRampHasALineForEachRate() throws Exception {
        Ended ended = run("--ramp=20:40:20").well();
        assertEquals(
                1,
                ended.out()
                        .lines()
                        .filter(line -> line.startsWith("        20 "))
                        .count(),
                ended.out());
        assertEquals(
                1,
                ended.out()
                        .lines()
                        .filter(line -> line.startsWith("        40 "))
                        .count(),
                ended.out());
        assertTrue(ended.out().contains("knee: "), ended.out());
        assertTrue(Files.readString(files.resolve("all.json")).contains("\"rates\""));
        assertTrue(Files.exists(files.resolve("ramp.png")));
    }

    @Test
    void progressIsToldUpToTheEnd() {
        Ended ended = Ended.withScript(
                        "SELECT 1;",
                        TestServer.shared().dsn(),
                        "-n",
                        "-f",
                        "-",
                        "-T",
                        "2",
                        "-P",
                        "1",
                        "--progress-timestamp")
                .well();
        List<String> lines = ended.errLines("progress: ");
        assertTrue(lines.size() >= 2, ended.err());
        // Since 1970, to a thousandth.
        lines.forEach(line -> assertTrue(line.matches("progress: \\d{10,}\\.\\d{3} s, .* tps, lat .*"), line));
    }

    @Test
    void twoSettingsRunInTurnsAndHaveARatio() throws Exception {
        Ended ended = run("--versus", "options='-c jit=off'", "--rounds=1").well();
        assertTrue(ended.number("tps, second / first: ") > 0, ended.out());
        assertTrue(Files.readString(files.resolve("all.json")).contains("\"tpsRatio\""));
        assertTrue(Files.exists(files.resolve("versus.svg")));
    }
}
