package dev.pgwire.bench;

import static dev.pgwire.bench.UsageException.check;

import dev.pgwire.bench.run.LogSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is logged of each transaction. */
final class LogOptions {
    private static final String PREFIX = "pgbench_log";

    @Option(
            names = {"-l", "--log"},
            description = "write each transaction to a log, in the format of pgbench")
    private boolean logs;

    @Option(
            names = "--log-prefix",
            paramLabel = "PREFIX",
            description = "what the names of the logs begin with; " + PREFIX + " without it")
    private @Nullable String prefix;

    @Option(
            names = "--aggregate-interval",
            paramLabel = "SECONDS",
            description = "log one line for each interval of this length, and not each transaction")
    private @Nullable Integer interval;

    @Option(
            names = "--sampling-rate",
            paramLabel = "NUMBER",
            description = "the share of the transactions that is logged, such as 0.01; 1 without it")
    private @Nullable Double rate;

    /**
     * What is asked for; null for no log.
     *
     * @param seconds how long the run is; 0 if it has no time
     * @param detailed whether failures are told by kind
     */
    @Nullable
    LogSettings settings(int seconds, boolean detailed) {
        if (!logs) {
            requireLog("--log-prefix", prefix);
            requireLog("--aggregate-interval", interval);
            requireLog("--sampling-rate", rate);
            return null;
        }
        if (interval != null) {
            check(
                    interval >= 1 && seconds % interval == 0,
                    "--aggregate-interval is " + interval + ", expected 1 or more, and -T a multiple of it");
            check(rate == null, "--aggregate-interval and --sampling-rate are both given, expected one of them");
        }
        check(rate == null || rate > 0 && rate <= 1, "--sampling-rate is " + rate + ", expected more than 0, up to 1");
        return new LogSettings(
                prefix == null ? PREFIX : prefix, rate == null ? 1 : rate, interval == null ? 0 : interval, detailed);
    }

    private static void requireLog(String option, @Nullable Object value) {
        check(value == null, option + " is given without -l, expected both");
    }
}
