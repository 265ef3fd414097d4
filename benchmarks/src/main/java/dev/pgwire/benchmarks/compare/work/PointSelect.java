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
import dev.pgwire.benchmarks.compare.run.Placement;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.run.Setting;
import dev.pgwire.benchmarks.compare.server.PointTable;
import dev.pgwire.benchmarks.compare.server.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * P1: a prepared select of one row by a random key, one after the other. All contestants select the same keys. Client and
 * server process share one core, or have one each: left to the kernel, a round trip takes 26 or 130 µs by chance, and the
 * drivers cannot be told apart.
 *
 * @param words what the setting is called, behind a comma
 */
record PointSelect(Setting setting, String words, List<Entrant> entrants, List<Goal> time, List<Goal> cpu)
        implements RoundWork {
    private static final int QUERIES = 1_500;
    private static final String SCRIPT = """
            \\set k random(1, %d)
            %s;
            """.formatted(PointTable.ROWS, PointTable.select(":k"));

    private static final Goal FASTER = new Goal.AtMost(0.99, "pgjdbc");
    private static final Goal NO_MORE_CPU = new Goal.AtMost(1.00, "pgjdbc");

    private static final Entrant BUSY_WAIT = Entrant.PGWIRE_BUSY_WAIT;
    private static final Goal MUCH_FASTER = new Goal.AtMost(0.80, "pgjdbc");

    /** One for each setting. */
    static List<Work> all() {
        return List.of(
                new PointSelect(
                        new Setting(Placement.ONE_CORE, Way.PLAIN),
                        "blocking, one connection",
                        List.of(
                                Entrant.PGWIRE,
                                Entrant.PGJDBC,
                                Entrant.VERTX,
                                Entrant.VERTX_EPOLL,
                                Entrant.R2DBC,
                                Entrant.BYHAND,
                                Entrant.BARE),
                        List.of(FASTER, new Goal.AtMost(1.00, "libpq")),
                        List.of(NO_MORE_CPU)),
                new PointSelect(
                        new Setting(Placement.ONE_CORE, Way.TLS),
                        "TLS 1.3",
                        List.of(Entrant.PGWIRE, Entrant.PGJDBC, Entrant.VERTX, Entrant.BARE),
                        List.of(FASTER),
                        List.of(NO_MORE_CPU)),
                new PointSelect(
                        new Setting(Placement.CORE_EACH, Way.PLAIN),
                        "a core each",
                        List.of(Entrant.PGWIRE, BUSY_WAIT, Entrant.PGJDBC, Entrant.VERTX, Entrant.BARE),
                        List.of(FASTER),
                        List.of(NO_MORE_CPU)),
                new PointSelect(
                        new Setting(Placement.CORE_EACH, Way.TLS),
                        "a core each, TLS 1.3",
                        List.of(Entrant.PGWIRE, BUSY_WAIT, Entrant.PGJDBC, Entrant.VERTX, Entrant.BARE),
                        List.of(FASTER),
                        List.of(NO_MORE_CPU)),
                new PointSelect(
                        new Setting(Placement.ONE_CORE, Way.UNIX_SOCKET),
                        "Unix socket",
                        List.of(Entrant.PGWIRE, Entrant.BARE),
                        List.of(new Goal.AtMost(1.00, "libpq")),
                        List.of()));
    }

    @Override
    public String name() {
        return "PointSelect, " + words;
    }

    @Override
    public List<Metric> metrics() {
        String name = "prepared point select, " + words;
        List<Metric> metrics = new ArrayList<>(List.of(
                new Metric("P1", name, "µs/query", "latency", Metric.PGWIRE, time),
                new Metric("P1", name + ": client CPU", "µs/query", "cpu", Metric.PGWIRE, cpu)));
        if (entrants.contains(BUSY_WAIT)) {
            metrics.add(new Metric(
                    "P1", name + ", busy waiting", "µs/query", "latency", BUSY_WAIT.label(), List.of(MUCH_FASTER)));
        }
        return metrics;
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(20, 10), extent.choose(60, 7));
    }

    @Override
    public List<Lane> others(Bench bench) throws IOException {
        return Pgbench.find(
                        bench,
                        new Pgbench.Script(
                                "libpq", SCRIPT, QUERIES * bench.extent().choose(4, 2)),
                        setting,
                        took -> Map.of("latency", took.seconds() * 1e6, "cpu", took.cpuSeconds() * 1e6))
                .stream()
                .toList();
    }

    @Override
    public int seconds(Extent extent) {
        int micros = setting.placement() == Placement.CORE_EACH ? 120 : 40;
        // pgbench's rounds are longer.
        int each = rounds(extent).total() * QUERIES / 1_000 * micros / 1_000;
        return each * (entrants.size() + extent.choose(4, 2)) + entrants.size();
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
        double cpu = clock.cpuSeconds() * 1e6 / keys.length;
        return Map.of("latency", latency, "cpu", cpu, "rows", (double) values.count(), "checksum", values.checksum());
    }
}
