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
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * P15: threads that borrow a connection of a pool, select one row, and give the connection back, again and again. The pool has
 * eight connections.
 *
 * @param threads how many threads there are
 * @param ofHikari what the rate should be at least, where that of HikariCP is 1
 */
record PooledSelects(int threads, double ofHikari) implements RoundWork {
    private static final String SUBJECT = Entrant.PGWIRE_POOL.label();

    /** One for each number of threads. */
    static List<Work> all() {
        return List.of(new PooledSelects(1, 1.15), new PooledSelects(8, 1.15), new PooledSelects(64, 1.6));
    }

    @Override
    public String name() {
        return "PooledSelects " + threads;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric(
                "P15",
                "borrow, point select, give back: " + threads + (threads == 1 ? " thread" : " threads")
                        + ", 8 connections",
                "selects/s",
                "rate",
                SUBJECT,
                List.of(new Goal.AtLeast(ofHikari, "hikari"))));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE_POOL, Entrant.HIKARI, Entrant.VERTX_POOL);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(15, 6), extent.choose(31, 7));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(100, 25);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        int each = assignment.extent().choose(20_000, 10_000) / threads;
        PointValues[] values = Stream.generate(PointValues::new).limit(threads).toArray(PointValues[]::new);
        Callers callers = Callers.onPlatformThreads().each(threads, caller -> {
            SplittableRandom random = new SplittableRandom(1_000L * number + caller);
            for (int i = 0; i < each; i++) {
                values[caller].add(contestant.pooledSelect(random.nextInt(1, PointTable.ROWS + 1)));
            }
        });
        Clock clock = new Clock();
        callers.run();
        double rate = (double) each * threads / clock.wallSeconds();
        PointValues all = new PointValues();
        Stream.of(values).forEach(all::addAll);
        return Map.of("rate", rate, "rows", (double) all.count(), "checksum", all.checksum());
    }
}
