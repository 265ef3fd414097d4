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

/** P8: the rows of P7 by COPY, which the bulk writer is forced to. pgjdbc copies text that its user writes, which is part of the work. */
final class Copy implements RoundWork {
    @Override
    public List<Metric> metrics() {
        return List.of(new Metric(
                "P8",
                "insert rows by COPY",
                "rows/s",
                "rate",
                "pgwire-bulk",
                List.of(new Goal.AtLeast(1.3, "pgjdbc"))));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE_BULK, Entrant.PGJDBC);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(3, 1), extent.choose(7, 3));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(20, 5);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        NewRows rows = NewRows.of(TargetTable.rows(assignment.extent()));
        contestant.run("TRUNCATE " + TargetTable.NAME);
        Clock clock = new Clock();
        contestant.copy(rows);
        double rate = rows.size() / clock.wallSeconds();
        TargetContents contents = TargetContents.read(assignment.address());
        return Map.of("rate", rate, "rows", contents.rows(), "checksum", contents.checksum());
    }
}
