package dev.pgwire.benchmarks.compare.report;

import static dev.pgwire.benchmarks.compare.report.RowTest.medians;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.benchmarks.compare.work.Works;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineTest {
    private static Line line(String id, String metric, String unit, String subject, Map<String, Summary> contestants) {
        Row row = Row.of(new Metric(id, metric, unit, "reading", subject, List.of()), contestants);
        List<Line> lines = Line.of(new Report(ReportTest.ENVIRONMENT, List.of(row)));
        assertEquals(1, lines.size());
        return lines.get(0);
    }

    @Test
    void everyRowThatComparesDriversHasWords() {
        List<String> without = Works.all().stream()
                .flatMap(work -> work.metrics().stream())
                // P11 asks whether one contestant comes to its end.
                .filter(metric -> !metric.isGrowth() && !metric.id().equals("P11"))
                .filter(metric -> !Line.knows(metric))
                .filter(metric ->
                        !metric.reading().equals("p50") && !metric.reading().equals("p99.9"))
                .map(Metric::name)
                .toList();
        assertEquals(List.of(), without);
    }

    @Test
    void aDotStandsForTheCheaperVariantOfADriver() {
        Line line = line(
                "P1",
                "prepared point select, blocking, one connection",
                "µs/query",
                "pgwire",
                medians("pgwire", 20, "vertx", 50, "vertx-epoll", 40, "byhand", 10));
        assertEquals(Map.of(Mark.VERTX, 2.0, Mark.FLOOR, 0.5), line.costs());
        assertEquals(Map.of(Mark.VERTX, "40.0 µs", Mark.FLOOR, "10.0 µs"), line.amounts());
        assertEquals("20.0 µs", line.own());
    }

    @Test
    void whatIsCountedPerSecondCostsLessWhenItIsMore() {
        Line line = line(
                "P8", "insert rows by COPY", "rows/s", "pgwire-bulk", medians("pgwire-bulk", 3000, "pgjdbc", 1000));
        assertEquals(Map.of(Mark.PGJDBC, 3.0), line.costs());
    }

    @Test
    void whoeverDoesSomethingElseThanTheWordsSayHasNoDot() {
        Line line = line(
                "P7",
                "insert rows, executeMany",
                "rows/s",
                "pgwire",
                medians("pgwire", 300, "pgjdbc", 200, "pgjdbc-rewritten", 600));
        assertEquals(Map.of(Mark.PGJDBC, 1.5), line.costs());
    }

    @Test
    void aRowWithoutAnotherDriverIsNoLine() {
        Row alone = Row.of(
                Metric.of("P8", "insert rows by COPY", "rows/s", "rate"), medians("pgwire", 1, "somebody-else", 2));
        assertTrue(Line.of(new Report(ReportTest.ENVIRONMENT, List.of(alone))).isEmpty());
    }

    @Test
    void amountsHaveThreeDigitsThatCount() {
        assertEquals("1,780,000 rows/s", Line.amount(1_784_338, "rows/s"));
        assertEquals("90,900 rows/s", Line.amount(90_857, "selects/s"));
        assertEquals("0.247 s", Line.amount(0.24699, "s"));
        assertEquals("1.06 B per byte", Line.amount(1.0574, "B per byte on the wire"));
        assertEquals("78.2 ns", Line.amount(78.18, "ns/row"));
    }
}
