package dev.pgwire.benchmarks.compare.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The few rows of the comparison that stand in the README beside the picture. */
public final class ReadmeTable {
    private static final List<String> WORKS = List.of(
            "One row by key, one connection",
            "256 rows by key, executeMany",
            "Long result, row by row",
            "Long result, fetched whole, memory",
            "Many rows, bulk insert");
    private static final List<Mark> OTHERS = List.of(Mark.PGJDBC, Mark.VERTX, Mark.R2DBC, Mark.LIBPQ);

    private final List<Line> lines;

    /** Of a report. */
    public ReadmeTable(Report report) {
        lines = Line.of(report).stream()
                .filter(line -> WORKS.contains(name(line)))
                .toList();
    }

    /** As Markdown. */
    public String text() {
        return row("", "pgwire", OTHERS.stream().map(Mark::title))
                + row("---", "--:", OTHERS.stream().map(other -> "--:"))
                + lines.stream()
                        .map(line -> row(name(line), line.own(), OTHERS.stream().map(other -> line.amounts()
                                .getOrDefault(other, ""))))
                        .collect(Collectors.joining());
    }

    private static String name(Line line) {
        // What takes time may be told as a rate.
        return line.quantity().equals("time") ? line.work() : line.work() + ", " + line.quantity();
    }

    private static String row(String first, String second, Stream<String> others) {
        return "| " + first + " | " + second + " | " + others.collect(Collectors.joining(" | ")) + " |\n";
    }
}
