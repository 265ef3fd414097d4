package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of the transactions: its lines are those of pgbench. */
@Timeout(120)
class LogIT {
    @TempDir
    private Path files;

    private Path script;

    @BeforeEach
    void write() throws IOException {
        script = Files.writeString(files.resolve("failing.sql"), Ended.FAILING);
    }

    private List<String> options(String prefix, String... more) {
        List<String> options = new ArrayList<>(
                List.of("-n", "-l", "--log-prefix", files.resolve(prefix).toString()));
        options.addAll(List.of(more));
        return options;
    }

    private Ended run(String... more) {
        return Ended.run(TestServer.shared().dsn(), options("ours", more).toArray(String[]::new));
    }

    private Ended select(String... more) throws IOException {
        Path one = Files.writeString(files.resolve("one.sql"), "SELECT 1;\n");
        String[] all =
                Stream.concat(Stream.of(more), Stream.of("-f", one.toString())).toArray(String[]::new);
        return run(all);
    }

    /** The files of a run by their names. */
    private List<Path> logs(String prefix) throws IOException {
        try (Stream<Path> found = Files.list(files)) {
            return found.filter(file -> file.getFileName().toString().startsWith(prefix + "."))
                    .sorted()
                    .toList();
        }
    }

    private List<String> lines(String prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path log : logs(prefix)) {
            lines.addAll(Files.readAllLines(log));
        }
        return lines;
    }

    /** Lines with a T for each time; the lag of what did not run is none. */
    private static List<String> untimed(List<String> lines, boolean isPaced) {
        return lines.stream()
                .map(line -> {
                    String[] fields = line.split(" ", -1);
                    boolean ran = fields[2].matches("[0-9]+");
                    for (int i :
                            ran && isPaced ? new int[] {2, 4, 5, 6} : ran ? new int[] {2, 4, 5} : new int[] {4, 5}) {
                        fields[i] = fields[i].replaceFirst("^(0|[1-9][0-9]*)$", "T");
                    }
                    return String.join(" ", fields);
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--failures-detailed",
                "--max-tries=2",
                "-R 5000 --max-tries=3 --failures-detailed",
                "-R 5000",
                "--sampling-rate=0.3",
                "--sampling-rate=1"
            })
    void theLinesArePgbenchs(String more) throws Exception {
        Pgbench.assume();
        List<String> all = new ArrayList<>(List.of("-t", "60", "--random-seed=5", "-f", script.toString()));
        all.addAll(Stream.of(more.split(" ")).filter(each -> !each.isEmpty()).toList());
        Pgbench.run(TestServer.shared().database(), options("theirs", all.toArray(String[]::new)));
        run(all.toArray(String[]::new)).well();
        List<String> theirs = untimed(lines("theirs"), more.startsWith("-R"));
        assertFalse(theirs.isEmpty());
        assertEquals(theirs, untimed(lines("ours"), more.startsWith("-R")));
    }

    @Test
    void whatIsSkippedIsALineToo() throws Exception {
        Ended ended = select("-t", "50", "-R", "1000000", "-L", "0.001").well();
        List<String> skipped = untimed(lines("ours"), true).stream()
                .filter(line -> line.matches("0 [0-9]+ skipped 0 T T 0"))
                .toList();
        assertEquals(ended.number("number of transactions skipped: "), skipped.size());
        assertEquals(50, lines("ours").size());
    }

    @Test
    void intervalsHaveTheFieldsOfPgbench() throws Exception {
        String[] all = {
            "-T",
            "2",
            "-R",
            "200",
            "-L",
            "1000",
            "--max-tries=2",
            "--failures-detailed",
            "--aggregate-interval=1",
            "-f",
            script.toString()
        };
        Ended ended = run(all).well();
        List<String> ours = lines("ours");
        assertFalse(ours.isEmpty());
        long done = 0;
        for (int i = 0; i < ours.size(); i++) {
            String[] fields = ours.get(i).split(" ");
            assertEquals(15, fields.length, ours.get(i));
            assertTrue(ours.get(i).matches("[0-9]+( [0-9]+)*"), ours.get(i));
            assertEquals(Long.parseLong(ours.get(0).split(" ")[0]) + i, Long.parseLong(fields[0]));
            done += Long.parseLong(fields[1]);
        }
        assertTrue(done <= ended.number("number of transactions actually processed: "), ended.out());
        Pgbench.assume();
        Pgbench.run(TestServer.shared().database(), options("theirs", all));
        assertFalse(lines("theirs").isEmpty());
        lines("theirs").forEach(line -> assertEquals(15, line.split(" ").length, line));
    }

    @Test
    void eachEventLoopHasAFile() throws Exception {
        select("-t", "20", "-c", "4", "-j", "2").well();
        String first = "ours." + ProcessHandle.current().pid();
        assertEquals(
                List.of(first, first + ".1"),
                logs("ours").stream().map(log -> log.getFileName().toString()).toList());
        List<String> lines = lines("ours");
        assertEquals(80, lines.size());
        for (int client = 0; client < 4; client++) {
            String begin = client + " ";
            List<String> own =
                    lines.stream().filter(line -> line.startsWith(begin)).toList();
            for (int i = 0; i < own.size(); i++) {
                assertTrue(own.get(i).startsWith(begin + (i + 1) + " "), own.get(i));
            }
            assertEquals(20, own.size());
        }
    }

    @Test
    void theWarmUpIsNotLogged() throws Exception {
        Ended ended = select("-T", "1", "--warmup", "1", "-R", "100").well();
        assertEquals(
                ended.number("number of transactions actually processed: "),
                lines("ours").size());
        assertTrue(lines("ours").get(0).startsWith("0 1 "), lines("ours").get(0));
    }

    @Test
    void aLogThatCannotBeMadeIsRefused() throws IOException {
        Ended ended = Ended.run(
                TestServer.shared().dsn(),
                options("none/log", "-t", "1", "-f", script.toString()).toArray(String[]::new));
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains("there is no directory for " + files.resolve("none/log")), ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t 1", "-t 2000", "-T 1 --aggregate-interval=1"})
    @EnabledOnOs(OS.LINUX)
    void aLogThatCannotBeWrittenEndsTheRun(String options) throws IOException {
        Path log = Files.createSymbolicLink(
                files.resolve("ours." + ProcessHandle.current().pid()), Path.of("/dev/full"));
        Ended ended = select(options.split(" "));
        Files.delete(log);
        assertEquals(2, ended.status(), ended.err());
        assertTrue(ended.err().contains("the log cannot be written: "), ended.err());
    }
}
