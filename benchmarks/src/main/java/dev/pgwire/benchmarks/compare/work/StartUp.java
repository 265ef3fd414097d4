package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Alternation;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.ClassPath;
import dev.pgwire.benchmarks.compare.run.FreshJvm;
import dev.pgwire.benchmarks.compare.run.Lane;
import dev.pgwire.benchmarks.compare.run.Observations;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.start.EmptyStart;
import dev.pgwire.benchmarks.compare.start.PgjdbcStart;
import dev.pgwire.benchmarks.compare.start.PgwireStart;
import dev.pgwire.benchmarks.compare.start.R2dbcStart;
import dev.pgwire.benchmarks.compare.start.VertxStart;
import java.io.IOException;
import java.util.List;

/**
 * P9: a fresh JVM that connects, reads one row and ends; the whole process. The JVM has no flags, and on the class path
 * stands what the driver needs.
 */
final class StartUp implements Work {
    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.of("P9", "JVM start to first row, whole process", "s", "wall", new Goal.AtMost(1.05, "pgjdbc")));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(80, 25);
    }

    @Override
    public Observations measure(Bench bench) throws IOException, InterruptedException {
        Rounds rounds = new Rounds(1, bench.extent().choose(11, 3));
        return Alternation.run(lanes(bench), rounds, bench.progress());
    }

    private static List<Lane> lanes(Bench bench) {
        return List.of(
                lane(bench, "pgwire", PgwireStart.class, DriverJars.pgwire()),
                lane(bench, "pgjdbc", PgjdbcStart.class, DriverJars.pgjdbc()),
                lane(bench, "vertx", VertxStart.class, DriverJars.vertx()),
                lane(bench, "r2dbc", R2dbcStart.class, DriverJars.r2dbc()),
                lane(bench, "empty", EmptyStart.class, DriverJars.none()));
    }

    private static Lane lane(Bench bench, String name, Class<?> main, ClassPath jars) {
        return new FreshJvm(name, bench.address(), List.of(), jars, main);
    }
}
