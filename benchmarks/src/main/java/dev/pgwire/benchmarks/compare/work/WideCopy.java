package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.Lane;
import dev.pgwire.benchmarks.compare.run.PsqlCopy;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.server.WideTable;
import java.util.List;
import java.util.Map;

/** P18, raw: the table {@code wide} copied out in text, to where nothing is done with it; psql's {@code \copy} has a file for that. */
final class WideCopy implements RoundWork {
    @Override
    public List<Metric> metrics() {
        return List.of(new Metric(
                "P18",
                "copy wide out, raw: wall time",
                "s",
                "wall",
                Entrant.PGWIRE_COPY.label(),
                List.of(new Goal.AtMost(1.05, "psql"))));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE_COPY, Entrant.PGJDBC, Entrant.DRAIN);
    }

    @Override
    public List<Lane> others(Bench bench) {
        return PsqlCopy.find(bench, setting(), "wide").stream().toList();
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(3, 2), extent.choose(9, 4));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(12, 2) * entrants().size();
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        Clock clock = new Clock();
        long rows = contestant.copyWide();
        double wall = clock.wallSeconds();
        if (rows != WideTable.rows(assignment.extent())) {
            throw new IllegalStateException(rows + " rows, expected " + WideTable.rows(assignment.extent()));
        }
        return Map.of("wall", wall, "rows", (double) rows);
    }
}
