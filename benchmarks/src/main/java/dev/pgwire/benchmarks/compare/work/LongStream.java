package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.ClassPath;
import dev.pgwire.benchmarks.compare.run.FreshJvm;
import dev.pgwire.benchmarks.compare.run.Observations;
import dev.pgwire.benchmarks.compare.start.LongStreamStart;
import java.io.IOException;
import java.util.List;

/** P11: ten million rows in a heap of 64 MB. A JVM that does not come to the end counts as no rows a second. */
final class LongStream implements Work {
    @Override
    public List<Metric> metrics() {
        return List.of(Metric.of(
                "P11",
                "stream 10,000,000 rows (--quick: 2,000,000) with -Xmx64m -XX:MaxDirectMemorySize=64m",
                "rows/s",
                "rate",
                new Goal.Completes()));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(12, 4);
    }

    @Override
    public Observations measure(Bench bench) throws InterruptedException {
        int rows = bench.extent().choose(10_000_000, 2_000_000);
        FreshJvm jvm = new FreshJvm(
                Metric.PGWIRE,
                bench.address(),
                List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-Drows=" + rows),
                ClassPath.all(),
                LongStreamStart.class);
        Observations observations = new Observations();
        try {
            observations.add(Metric.PGWIRE, "rate", jvm.round(0).getOrDefault("printed", 0.0));
        } catch (IOException e) {
            System.err.println("P11: " + e.getMessage());
            observations.add(Metric.PGWIRE, "rate", 0);
        }
        return observations;
    }
}
