package dev.pgwire.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.work.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class CompareTest {
    @Test
    void everyRowIsMeasuredUnlessTheCommandNamesSome() {
        assertEquals(
                List.of(
                        "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P13", "P14", "P15",
                        "P16", "P17", "P18", "P19", "P20"),
                ids(parse().works()).distinct().toList());
    }

    @Test
    void namingOneRowTakesTheWorkThatGivesIt() {
        assertEquals(List.of("P2", "P3"), ids(parse("--only", "P3").works()).toList());
    }

    @Test
    void rowsAreNamedInAnyCaseAndSeparatedByCommas() {
        assertEquals(List.of("P1", "P9"), ids(parse("--only", "p9,P1").works()).toList());
    }

    @Test
    void aRowThatDoesNotExistIsRefused() {
        assertEquals(
                CommandLine.ExitCode.USAGE,
                new CommandLine(new Compare())
                        .setErr(new java.io.PrintWriter(new java.io.StringWriter()))
                        .execute("--only", "P99"));
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThrows(ParameterException.class, () -> parse("--fast"));
    }

    @Test
    void resultsGoIntoTheDocumentsUnlessTheCommandSaysOtherwise() {
        assertEquals(Path.of("docs", "benchmarks"), parse().out);
        assertEquals(Path.of("elsewhere"), parse("--out", "elsewhere").out);
    }

    @Test
    void theCommandLineIsToldWithoutTheServerAndTheDirectory() {
        Compare compare =
                parse("--dsn", "host=db.example.org password=secret", "--quick", "--only", "P1,P2", "--out", "/home/x");
        String line = compare.commandLine();
        assertTrue(compare.quick);
        assertEquals("benchmarks/compare --dsn ... --only P1,P2 --quick --out ...", line);
        assertFalse(line.contains("secret"));
    }

    @Test
    void picturesAreDrawnFromResultsWithoutMeasuring(@TempDir Path directory) throws Exception {
        Path results = Path.of("").toAbsolutePath().getParent().resolve("docs/benchmarks/compare.json");
        assertEquals(
                0,
                parse("--draw", results.toString(), "--out", directory.toString())
                        .call());
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of("compare.png", "compare.svg", "growth.png", "growth.svg"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    private static Compare parse(String... arguments) {
        Compare compare = new Compare();
        new CommandLine(compare).parseArgs(arguments);
        return compare;
    }

    private static Stream<String> ids(List<Work> works) {
        return works.stream()
                .flatMap(work -> work.metrics().stream())
                .map(Metric::id)
                .distinct();
    }
}
