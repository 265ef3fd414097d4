package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Alternation;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.ClassPath;
import dev.pgwire.benchmarks.compare.run.FreshJvm;
import dev.pgwire.benchmarks.compare.run.Lane;
import dev.pgwire.benchmarks.compare.run.MainProcess;
import dev.pgwire.benchmarks.compare.run.Observations;
import dev.pgwire.benchmarks.compare.run.Placement;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.start.PgjdbcFirstStatements;
import dev.pgwire.benchmarks.compare.start.PgwireFirstStatements;
import dev.pgwire.benchmarks.compare.start.VertxFirstStatements;
import java.io.IOException;
import java.util.List;

/**
 * P9: the selects of P1 in a fresh JVM, from the first one on: what has to be compiled before it is fast costs here. The JVM has
 * no flags and shares one core with the server, so that its compiler threads take their time from the statements.
 */
final class FirstStatements implements Work {
    @Override
    public List<Metric> metrics() {
        return List.of(Metric.of(
                "P9",
                "the first 10,000 statements of a JVM, one core",
                "µs/query",
                "latency",
                new Goal.AtMost(1.10, "pgjdbc")));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(90, 20);
    }

    @Override
    public Observations measure(Bench bench) throws IOException, InterruptedException {
        Rounds rounds = new Rounds(1, bench.extent().choose(11, 3));
        List<Lane> lanes = List.of(
                lane(bench, "pgwire", PgwireFirstStatements.class, DriverJars.pgwire()),
                lane(bench, "pgjdbc", PgjdbcFirstStatements.class, DriverJars.pgjdbc()),
                lane(bench, "vertx", VertxFirstStatements.class, DriverJars.vertx()));
        return MainProcess.keptDuring(
                bench, Placement.ONE_CORE, () -> Alternation.run(lanes, rounds, bench.progress()));
    }

    private static Lane lane(Bench bench, String name, Class<?> main, ClassPath jars) {
        return new FreshJvm(
                name, "latency", bench.address(), bench.cores().prefix(Placement.ONE_CORE), List.of(), jars, main);
    }
}
