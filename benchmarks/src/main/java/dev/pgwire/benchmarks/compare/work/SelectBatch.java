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
 * P5: 256 selects of one row in one go, with one Sync: {@code executeMany} or a pipeline here, {@code executeBatch} there. pgbench has a
 * pipeline of 16 in its script. pgjdbc does not take part, since JDBC has no batch of selects.
 */
final class SelectBatch implements RoundWork {
    private static final int SIZE = 256;
    private static final int PIPELINE = 16;

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.of(
                        "P5",
                        "256 point selects per Sync, executeMany",
                        "selects/s",
                        "rate",
                        new Goal.AtLeast(1.5, "vertx")),
                new Metric(
                        "P5",
                        "256 point selects per Sync, pipeline",
                        "selects/s",
                        "rate",
                        "pgwire-pipeline",
                        List.of(new Goal.AtLeast(1.5, "vertx"))));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE, Entrant.PGWIRE_PIPELINE, Entrant.VERTX, Entrant.VERTX_EPOLL, Entrant.BYHAND);
    }

    @Override
    public List<Lane> others(Bench bench) throws IOException {
        String select = "\\set k random(1, %d)\n%s;\n".formatted(PointTable.ROWS, PointTable.select(":k"));
        String script = "\\startpipeline\n" + select.repeat(PIPELINE) + "\\endpipeline\n";
        return Pgbench.find(
                        bench,
                        new Pgbench.Script("libpq", script, 1_000),
                        setting(),
                        took -> Map.of("rate", PIPELINE / took.seconds()))
                .stream()
                .toList();
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(15, 6), extent.choose(31, 9));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(30, 8);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        int batches = assignment.extent().choose(60, 30);
        SplittableRandom random = new SplittableRandom(number);
        PointValues values = new PointValues();
        Clock clock = new Clock();
        for (int i = 0; i < batches; i++) {
            contestant.pointSelects(random.ints(SIZE, 1, PointTable.ROWS + 1).toArray(), values);
        }
        double rate = batches * SIZE / clock.wallSeconds();
        return Map.of("rate", rate, "rows", (double) values.count(), "checksum", values.checksum());
    }
}
