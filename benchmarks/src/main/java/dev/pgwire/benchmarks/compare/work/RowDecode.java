package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.DataRowBenchmark;
import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.Observations;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * P10: one row of ten columns from recorded bytes to values, without a server: the methods of {@link DataRowBenchmark} are
 * the contestants. What the loop by hand allocates are the values that were asked for.
 */
final class RowDecode implements Work {
    /** What a whole answer takes, its results and pages, in bytes for each of its thousand rows. */
    private static final double OF_THE_ANSWER = 1;

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.of(
                        "P10", "decode a row of ten columns (JMH)", "ns/row", "time", new Goal.AtMost(1.25, "byhand")),
                Metric.of(
                        "P10",
                        "allocated for a row of ten columns (JMH)",
                        "B/row",
                        "allocated",
                        new Goal.NoMoreThan("byhand", OF_THE_ANSWER)));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(112, 25);
    }

    @Override
    public Observations measure(Bench bench) {
        // Another JMH on this machine disturbs as any other work does, and is no reason to give up.
        System.setProperty("jmh.ignoreLock", "true");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(DataRowBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .forks(bench.extent().choose(2, 1))
                .warmupIterations(bench.extent().choose(5, 2))
                .measurementIterations(bench.extent().choose(5, 2));
        Observations observations = new Observations();
        try {
            for (RunResult run : new Runner(options.build()).run()) {
                note(run, observations);
            }
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed", e);
        }
        return observations;
    }

    private static void note(RunResult run, Observations observations) {
        String benchmark = run.getParams().getBenchmark();
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        String name = method.equals("driver") ? Metric.PGWIRE : method.toLowerCase(Locale.ROOT);
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                observations.add(name, "time", iteration.getPrimaryResult().getScore());
                Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATED);
                if (allocated != null) {
                    observations.add(name, "allocated", allocated.getScore());
                }
            }
        }
    }
}
