package dev.pgwire.benchmarks.compare.report;

import static dev.pgwire.benchmarks.compare.report.RowTest.medians;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    static final Environment ENVIRONMENT = new Environment(
            "2026-11-22 12:00 UTC",
            "benchmarks/compare",
            "0123456789ab",
            "PostgreSQL 15.18",
            "a server that was given",
            "a JVM",
            "-XX:+UseG1GC",
            Map.of("Netty", "4.2"),
            "2 cores",
            "Linux 6",
            true);
    private static final String POINT_SELECT = "prepared point select, blocking, one connection";
    private static final Report REPORT = new Report(
            ENVIRONMENT,
            List.of(
                    Row.of(
                            Metric.of("P1", POINT_SELECT, "µs/query", "latency", new Goal.AtMost(0.97, "pgjdbc")),
                            medians("pgwire", 30, "pgjdbc", 20)),
                    Row.of(
                            Metric.of("P8", "copy", "rows/s", "rate", new Goal.AtLeast(1.3, "pgjdbc")),
                            medians("pgjdbc", 1_234_567)),
                    Row.of(RowTest.growth(), medians("1,000", 10, "10,000", 11))));

    @Test
    void whatIsWrittenAsJsonCanBeReadAgain() {
        assertEquals(REPORT, Report.fromJson(REPORT.toJson()));
    }

    @Test
    void jsonTellsWhetherARowIsMetEvenWhereNobodyKnows() {
        String json = REPORT.toJson();
        assertTrue(json.contains("\"met\": false"), json);
        assertTrue(json.contains("\"met\": null"), json);
        assertTrue(json.contains("\"commit\": \"0123456789ab\""), json);
    }

    @Test
    void theTableShowsARowThatIsLostLikeTheOthers() {
        assertTrue(new Markdown(REPORT)
                .text()
                .contains("| P1 | " + POINT_SELECT + " | ≤ 0.97 of pgjdbc | **no** | pgjdbc 1.50 |\n"));
    }

    @Test
    void theTableShowsARowThatCouldNotBeJudged() {
        assertTrue(new Markdown(REPORT).text().contains("| P8 | copy | ≥ 1.30 of pgjdbc | – |  |\n"));
    }

    @Test
    void theTableTellsTheFixedCostOfGrowthFromTheCostOfEachUnit() {
        Report report = new Report(
                ENVIRONMENT, List.of(Row.of(RowTest.growth(), medians("1,000", 13, "10,000", 4, "100,000", 3.1))));
        assertTrue(
                new Markdown(report)
                        .text()
                        .contains(
                                "| 1,000 1.00, 10,000 1.00, 100,000 1.00; fixed 10,000 ns + 3.00 ns each, 100,000 / 10,000 1.00 |"));
    }

    @Test
    void theTableHasEveryNumberWithItsSpread() {
        assertTrue(new Markdown(REPORT).text().contains("| pgjdbc | 1,234,567 | 1,234,567 to 1,234,567 | 1 |\n"));
    }

    @Test
    void numbersHaveThreeDigitsThatCount() {
        assertEquals("0.123", Markdown.number(0.12345));
        assertEquals("1.23", Markdown.number(1.2345));
        assertEquals("12.3", Markdown.number(12.345));
        assertEquals("123", Markdown.number(123.45));
        assertEquals("1,234,568", Markdown.number(1_234_567.8));
    }

    @Test
    void aMachineThatCouldNotKeepToOneCoreIsToldSo() {
        Environment loose = new Environment("", "", "", "", "", "", "", Map.of(), "", "", false);
        assertTrue(new Markdown(new Report(loose, List.of())).text().contains("**not on one core**"));
    }

    @Test
    void allFilesAreWritten(@TempDir Path directory) throws IOException {
        Path made = directory.resolve("deep").resolve("er");
        new ReportFiles(made).write(REPORT);
        try (var files = Files.list(made)) {
            assertEquals(
                    List.of("compare.json", "compare.md", "compare.png", "compare.svg", "growth.png", "growth.svg"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aPictureWithNothingInItIsNotDrawn(@TempDir Path directory) throws IOException {
        new ReportFiles(directory).write(new Report(ENVIRONMENT, List.of()));
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of("compare.json", "compare.md"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
