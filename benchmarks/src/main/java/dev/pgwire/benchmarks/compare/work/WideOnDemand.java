package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.contestant.WideValues;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Rounds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * P17: the table {@code wide} as an asynchronous stream whose subscriber asks for a thousand rows at a time, every column decoded. Only
 * a cursor lets vertx and r2dbc wait, so that each thousand is a round trip of theirs.
 */
final class WideOnDemand implements RoundWork {
    private static final String NAME = "asynchronous stream of wide, 1,000 rows asked for at a time";
    private static final String SUBJECT = Entrant.PGWIRE_ASYNC.label();

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("P17", NAME + ": client CPU", "s", "cpu", SUBJECT, List.of(new Goal.AtMost(0.60, "vertx"))),
                new Metric("P17", NAME + ": wall time", "s", "wall", SUBJECT, List.of()));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE_ASYNC, Entrant.VERTX, Entrant.R2DBC);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(3, 3), extent.choose(9, 5));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(60, 12);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        WideValues values = number == 0 ? WideValues.thorough() : WideValues.timed();
        Clock clock = new Clock();
        contestant.streamWideOnDemand(values);
        Map<String, Double> readings = new HashMap<>();
        readings.put("wall", clock.wallSeconds());
        readings.put("cpu", clock.cpuSeconds());
        readings.put("rows", (double) values.rows());
        readings.put("checksum", values.checksum());
        return readings;
    }
}
