package dev.pgwire.bench.run;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a run gave. The histograms count nanoseconds.
 *
 * @param settings how it was made
 * @param workload what was run
 * @param seconds how long it was measured
 * @param connectMillis how long it took until all clients were connected, or with a connection for each transaction the mean of those
 * @param total of all transactions
 * @param notBegun how many were due within the time and never begun
 * @param scripts the same of each script
 * @param commands of each command of each script
 * @param latencies of the transactions that were done, from when they were due
 * @param lags how late this program was to begin transactions that it waited for
 * @param hiccups how much later than it should a sleeping thread of this program woke
 * @param samples what came over the time
 * @param used what the process and the machine used
 * @param aborted whether a client had to give up
 */
public record Result(
        Settings settings,
        Workload workload,
        double seconds,
        double connectMillis,
        Tally total,
        long notBegun,
        List<Tally> scripts,
        List<List<CommandTally>> commands,
        Histogram latencies,
        Histogram lags,
        Histogram hiccups,
        List<Sample> samples,
        Surroundings used,
        boolean aborted) {
    /** Transactions in a second. */
    public double rate() {
        return total.done() / seconds;
    }

    /** The share of the transactions that were due which were never begun, 0 to 1. */
    public double notBegunShare() {
        return notBegun == 0 ? 0 : notBegun / (double) (notBegun + total.all());
    }

    /** The time of a client for each of its transactions, those that failed or were skipped included, in milliseconds. */
    public double averageMillis() {
        return total.all() == 0 ? 0 : 1e3 * seconds * settings.clients() * settings.depth() / total.all();
    }

    /** A percentile of the latencies, in milliseconds. */
    public double percentile(double percent) {
        return latencies.getValueAtPercentile(percent) / 1e6;
    }

    /** The processor's time of this process for each transaction, in microseconds. */
    public double cpuMicros() {
        return total.done() == 0 ? 0 : used.cpuNanos() / 1e3 / total.done();
    }
}
