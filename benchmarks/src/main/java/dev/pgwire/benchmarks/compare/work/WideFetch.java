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
 * P4: the table {@code wide} as one whole result, then every column decoded: the processor time of the client, and what the
 * result keeps of the heap while it is held, in bytes for each byte that the rows were on the wire.
 *
 * <p>r2dbc-postgresql does not take part: it has no form for a whole result, only for rows that pass by.
 */
final class WideFetch implements RoundWork {
    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.of(
                        "P4",
                        "fetch wide whole, then decode all: client CPU",
                        "s",
                        "cpu",
                        new Goal.AtMost(0.35, "pgjdbc")),
                Metric.of(
                        "P4",
                        "heap that the result keeps",
                        "B per byte on the wire",
                        "heap",
                        new Goal.Below(1.25, "of the bytes on the wire")));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE, Entrant.PGJDBC, Entrant.VERTX);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(3, 2), extent.choose(7, 4));
    }

    @Override
    public int heap(Extent extent) {
        return extent.choose(2048, 768);
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(100, 12);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        WideValues values = number == 0 ? WideValues.thorough() : WideValues.timed();
        System.gc();
        Clock clock = new Clock();
        contestant.decodeWide(contestant.fetchWide(), values);
        Map<String, Double> readings = new HashMap<>();
        readings.put("cpu", clock.cpuSeconds());
        readings.put("rows", (double) values.rows());
        readings.put("checksum", values.checksum());
        if (number % 2 == 1) {
            readings.put("heap", keptHeap(contestant) / assignment.wideBytes());
        }
        return readings;
    }

    /** Apart from the rest: the collections would take garbage away, and survivors, which no measurement has paid for. */
    private static double keptHeap(Contestant contestant) throws Exception {
        long before = liveHeap();
        Object rows = contestant.fetchWide();
        double kept = liveHeap() - before;
        contestant.decodeWide(rows, WideValues.timed());
        return kept;
    }

    private static long liveHeap() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
