package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.ComposedValues;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Rounds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * P14: the table {@code composed} row by row, every column decoded to values of Java.
 *
 * <p>All three read arrays in binary, pgwire alone without an object for each number. Neither pgjdbc nor vertx-pg-client
 * knows ranges and composites: they give the text, and the contestant takes it apart.
 */
final class ComposedStream implements RoundWork {
    @Override
    public List<Metric> metrics() {
        return List.of(Metric.of(
                "P14",
                "stream arrays, ranges and composites: client CPU",
                "s",
                "cpu",
                new Goal.AtMost(0.50, "pgjdbc")));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE, Entrant.PGJDBC, Entrant.VERTX, Entrant.DRAIN);
    }

    /** As many in warming up as other works have rows: a compiler's time is the client's, too. */
    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(30, 15), extent.choose(21, 9));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(12, 6) * entrants().size();
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        ComposedValues values = new ComposedValues(number == 0);
        Clock clock = new Clock();
        contestant.streamComposed(values);
        Map<String, Double> readings = new HashMap<>();
        readings.put("cpu", clock.cpuSeconds());
        readings.put("rows", (double) values.rows());
        if (values.checksum() != 0) {
            readings.put("checksum", values.checksum());
        }
        return readings;
    }
}
