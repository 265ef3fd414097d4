package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.contestant.WideNumbers;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Rounds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * P13: the numbers of the table {@code wide} as columns, beside the same numbers row by row, and beside what only reads their
 * bytes.
 */
final class ColumnStream implements RoundWork {
    @Override
    public List<Metric> metrics() {
        return List.of(new Metric(
                "P13",
                "stream the numbers of wide as columns: client CPU",
                "s",
                "cpu",
                "pgwire-columns",
                List.of(new Goal.AtMost(0.50, "pgwire"), new Goal.AtMost(0.30, "pgjdbc"))));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE_COLUMNS, Entrant.PGWIRE, Entrant.PGJDBC, Entrant.DRAIN);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(3, 2), extent.choose(9, 4));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(9, 1) * entrants().size();
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        WideNumbers numbers = new WideNumbers();
        Clock clock = new Clock();
        contestant.streamNumbers(numbers);
        Map<String, Double> readings = new HashMap<>();
        readings.put("cpu", clock.cpuSeconds());
        readings.put("rows", (double) numbers.rows());
        if (numbers.checksum() != 0) {
            readings.put("checksum", numbers.checksum());
        }
        return readings;
    }
}
