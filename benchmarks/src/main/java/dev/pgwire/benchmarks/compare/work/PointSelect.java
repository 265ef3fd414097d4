package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.contestant.PointValues;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.Lane;
import dev.pgwire.benchmarks.compare.run.Pgbench;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.server.PointTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * P1: a prepared select of one row by a random key, one after the other. All contestants select the same keys. Client and
 * server process share one core: on two, a round trip takes 26 or 130 µs by chance, and the drivers cannot be told apart.
 */
final class PointSelect implements RoundWork {
    private static final int QUERIES = 1_500;
    private static final String SCRIPT = """
            \\set k random(1, %d)
            %s;
            """.formatted(PointTable.ROWS, PointTable.select(":k"));

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.of(
                "P1",
                "prepared point select, blocking, one connection",
                "µs/query",
                "latency",
                new Goal.AtMost(0.97, "pgjdbc"),
                new Goal.AtMost(1.00, "libpq")));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(
                Entrant.PGWIRE, Entrant.PGJDBC, Entrant.VERTX, Entrant.VERTX_EPOLL, Entrant.R2DBC, Entrant.BYHAND);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(20, 8), extent.choose(60, 11));
    }

    @Override
    public boolean onOneCore() {
        return true;
    }

    @Override
    public List<Lane> others(Bench bench) throws IOException {
        return Pgbench.find(bench, "libpq", SCRIPT, QUERIES * 4, true, seconds -> Map.of("latency", seconds * 1e6))
                .stream()
                .toList();
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(60, 12);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        int[] keys = new SplittableRandom(number)
                .ints(QUERIES, 1, PointTable.ROWS + 1)
                .toArray();
        PointValues values = new PointValues();
        Clock clock = new Clock();
        for (int key : keys) {
            values.add(contestant.pointSelect(key));
        }
        double latency = clock.wallSeconds() * 1e6 / keys.length;
        return Map.of("latency", latency, "rows", (double) values.count(), "checksum", values.checksum());
    }
}
