package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.contestant.PointValues;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.server.PointTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * P16: a thousand virtual threads, each of which selects one row by key again and again and waits for it, over eight connections
 * at most. How long a call takes is noted for each: a median of the rounds is told of the percentiles of a round.
 *
 * @param words what is done besides, behind a comma; nothing if empty
 * @param transactionEvery every which call is a transaction of two selects; 0 if none is
 */
record SharedSelects(String words, int transactionEvery) implements RoundWork {
    private static final int CALLERS = 1_000;
    /** In nanoseconds; none waits longer. */
    private static final long LONGEST = 600_000_000_000L;

    private static final String SUBJECT = Entrant.PGWIRE_POOL.label();
    private static final String VERTX = Entrant.VERTX_PIPELINING.label();
    private static final String HIKARI = Entrant.HIKARI.label();

    /** Selects alone, and with transactions among them. */
    static List<Work> all() {
        return List.of(new SharedSelects("", 0), new SharedSelects(", every tenth a transaction of two", 10));
    }

    @Override
    public String name() {
        return "SharedSelects" + words;
    }

    @Override
    public List<Metric> metrics() {
        String work = "point selects of 1,000 virtual threads, 8 connections" + words;
        Goal notSlower = new Goal.AtMost(1.00, VERTX);
        return List.of(
                metric(work, "selects/s", "rate", new Goal.AtLeast(1.1, VERTX), new Goal.AtLeast(2.5, HIKARI)),
                metric(work + ": p50", "µs", "p50"),
                metric(work + ": p99", "µs", "p99", notSlower, new Goal.AtMost(1.00, HIKARI)),
                metric(work + ": p99.9", "µs", "p99.9"),
                metric(work + ": client CPU", "µs/query", "cpu", notSlower));
    }

    private static Metric metric(String name, String unit, String reading, Goal... goals) {
        return new Metric("P16", name, unit, reading, SUBJECT, List.of(goals));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE_POOL, Entrant.HIKARI, Entrant.VERTX_PIPELINING);
    }

    @Override
    public boolean needsVirtualThreads() {
        return true;
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(10, 5), extent.choose(21, 7));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(150, 40);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        int calls = assignment.extent().choose(60, 30);
        long[][] nanos = new long[CALLERS][calls];
        PointValues[] values = Stream.generate(PointValues::new).limit(CALLERS).toArray(PointValues[]::new);
        Callers callers = Callers.onVirtualThreads().each(CALLERS, caller -> {
            SplittableRandom random = new SplittableRandom(1_000L * number + caller);
            for (int i = 0; i < calls; i++) {
                long begun = System.nanoTime();
                // Not all at the same moment.
                call(contestant, (caller + i) % Math.max(1, transactionEvery) == 1, random, values[caller]);
                nanos[caller][i] = System.nanoTime() - begun;
            }
        });
        Clock clock = new Clock();
        callers.run();
        double seconds = clock.wallSeconds();
        double cpu = clock.cpuSeconds();
        PointValues all = new PointValues();
        Stream.of(values).forEach(all::addAll);
        Map<String, Double> readings = new HashMap<>(percentiles(nanos));
        readings.put("rate", all.count() / seconds);
        readings.put("cpu", cpu * 1e6 / all.count());
        readings.put("rows", (double) all.count());
        readings.put("checksum", all.checksum());
        return readings;
    }

    private static void call(Contestant contestant, boolean transaction, SplittableRandom random, PointValues into)
            throws Exception {
        int key = random.nextInt(1, PointTable.ROWS + 1);
        if (transaction) {
            contestant.sharedTransaction(key, random.nextInt(1, PointTable.ROWS + 1), into);
        } else {
            into.add(contestant.sharedSelect(key));
        }
    }

    /** In microseconds. */
    private static Map<String, Double> percentiles(long[][] nanos) {
        Histogram histogram = new Histogram(LONGEST, 3);
        for (long[] of : nanos) {
            for (long each : of) {
                histogram.recordValue(each);
            }
        }
        return Map.of(
                "p50", histogram.getValueAtPercentile(50) / 1e3,
                "p99", histogram.getValueAtPercentile(99) / 1e3,
                "p99.9", histogram.getValueAtPercentile(99.9) / 1e3);
    }
}
