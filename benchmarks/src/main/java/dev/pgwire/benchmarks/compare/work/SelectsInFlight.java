package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.contestant.PointValues;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Placement;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.run.Setting;
import dev.pgwire.benchmarks.compare.server.PointTable;
import dev.pgwire.benchmarks.compare.server.Way;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * P6: selects of one row, independent of each other, in flight on one connection: each has a Sync of its own, and the end of
 * each begins the next.
 */
final class SelectsInFlight implements RoundWork {
    private static final int IN_FLIGHT = 64;
    private static final String SUBJECT = Entrant.PGWIRE_ASYNC.label();

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric(
                        "P6",
                        "point selects, 64 in flight, a Sync each",
                        "selects/s",
                        "rate",
                        SUBJECT,
                        List.of(new Goal.AtLeast(1.3, "vertx"), new Goal.AtLeast(0.9, "byhand"))),
                new Metric(
                        "P6",
                        "point selects, 64 in flight, a Sync each: client CPU",
                        "µs/query",
                        "cpu",
                        SUBJECT,
                        List.of()));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE_ASYNC, Entrant.VERTX, Entrant.VERTX_EPOLL, Entrant.R2DBC, Entrant.BYHAND);
    }

    @Override
    public Setting setting() {
        return new Setting(Placement.CORE_EACH, Way.PLAIN);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(15, 8), extent.choose(31, 9));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(60, 20);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        int[] keys = new SplittableRandom(number)
                .ints(assignment.extent().choose(20_000, 10_000), 1, PointTable.ROWS + 1)
                .toArray();
        PointValues values = new PointValues();
        Clock clock = new Clock();
        contestant.selectInFlight(keys, IN_FLIGHT, values);
        double rate = keys.length / clock.wallSeconds();
        double cpu = clock.cpuSeconds() * 1e6 / keys.length;
        return Map.of("rate", rate, "cpu", cpu, "rows", (double) values.count(), "checksum", values.checksum());
    }
}
