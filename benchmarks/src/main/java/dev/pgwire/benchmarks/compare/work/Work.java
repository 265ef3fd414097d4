package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.Observations;
import java.io.IOException;
import java.util.List;

/** A piece of work that is compared. */
public interface Work {
    /** What it is called, in the progress and by a worker process. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** The numbers that it gives. */
    List<Metric> metrics();

    /** About how many seconds it takes; only the progress bar believes it. */
    int seconds(Extent extent);

    /** Does it. */
    Observations measure(Bench bench) throws IOException, InterruptedException;
}
