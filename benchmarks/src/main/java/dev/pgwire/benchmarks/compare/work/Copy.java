package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.contestant.NewRows;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.server.TargetTable;
import java.util.List;
import java.util.Map;

/**
 * P8: the rows of P7 by COPY: the bulk writer, which is forced to it, and the writer of rows in binary and in text. pgjdbc copies text
 * that its user writes, which is part of the work; drain sends text that was made before, which only the server has work with.
 */
final class Copy implements RoundWork {
    @Override
    public List<Metric> metrics() {
        return List.of(
                metric("insert rows by COPY", Entrant.PGWIRE_BULK, new Goal.AtLeast(2.0, "pgjdbc")),
                metric(
                        "insert rows by COPY, one by one in binary",
                        Entrant.PGWIRE_COPY,
                        new Goal.AtLeast(1.5, "pgjdbc")),
                metric(
                        "insert rows by COPY, one by one in text",
                        Entrant.PGWIRE_COPY_TEXT,
                        new Goal.AtLeast(0.95, "drain")),
                new Metric(
                        "P8",
                        "insert rows by COPY, one by one in text: client CPU",
                        "s",
                        "cpu",
                        Entrant.PGWIRE_COPY_TEXT.label(),
                        List.of()));
    }

    private static Metric metric(String name, Entrant subject, Goal goal) {
        return new Metric("P8", name, "rows/s", "rate", subject.label(), List.of(goal));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(
                Entrant.PGWIRE_BULK, Entrant.PGWIRE_COPY, Entrant.PGWIRE_COPY_TEXT, Entrant.PGJDBC, Entrant.DRAIN);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(3, 1), extent.choose(7, 3));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(40, 10);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        NewRows rows = NewRows.of(TargetTable.rows(assignment.extent()));
        contestant.run("TRUNCATE " + TargetTable.NAME);
        Clock clock = new Clock();
        contestant.copy(rows);
        double rate = rows.size() / clock.wallSeconds();
        double cpu = clock.cpuSeconds();
        TargetContents contents = TargetContents.read(assignment.address());
        return Map.of("rate", rate, "cpu", cpu, "rows", contents.rows(), "checksum", contents.checksum());
    }
}
