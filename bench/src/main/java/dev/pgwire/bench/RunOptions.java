package dev.pgwire.bench;

import static dev.pgwire.bench.UsageException.check;

import dev.pgwire.bench.run.LogSettings;
import dev.pgwire.bench.run.Mode;
import dev.pgwire.bench.run.Settings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the scripts are run. */
final class RunOptions {
    private static final int TRANSACTIONS = 10;
    private static final double NANOS_PER_MILLI = 1e6;

    @Option(
            names = {"-c", "--client"},
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "how many clients there are; 1 without it")
    private int clients = 1;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "how many event loops they are spread over; 1 without it")
    private int loops = 1;

    @Option(
            names = {"-t", "--transactions"},
            paramLabel = "NUMBER",
            description = "how many transactions each client runs; 10 without it and -T")
    private @Nullable Integer transactions;

    @Option(
            names = {"-T", "--time"},
            paramLabel = "SECONDS",
            description = "how long they run")
    private @Nullable Integer seconds;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "how long to run before, which is not counted; with -T")
    private int warmUp;

    @Option(
            names = {"-M", "--protocol"},
            paramLabel = "MODE",
            defaultValue = "simple",
            description = "simple, extended or prepared; simple without it")
    private String mode = "simple";

    @Option(
            names = {"-R", "--rate"},
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "how many transactions are due in a second; latency counts from when they are due")
    private double rate;

    @Option(
            names = {"-L", "--latency-limit"},
            paramLabel = "MILLIS",
            defaultValue = "0",
            description = "count those that take longer; with -R, leave out those that are so late already")
    private double limit;

    @Option(
            names = "--max-tries",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "how often a transaction is tried after a serialization failure or a deadlock; 0 for ever")
    private int tries = 1;

    @Option(
            names = {"-C", "--connect"},
            description = "connect for each transaction")
    private boolean reconnects;

    @Option(
            names = {"-r", "--report-per-command"},
            description = "tell how long each command took")
    private boolean commands;

    @Option(names = "--failures-detailed", description = "tell failures by kind")
    private boolean detailed;

    @Option(names = "--verbose-errors", description = "tell each failure")
    private boolean verbose;

    @Option(
            names = {"-P", "--progress"},
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "how often to tell how it goes")
    private int progress;

    @Option(names = "--progress-timestamp", description = "tell the time of day with it, in seconds since 1970")
    private boolean timestamp;

    @Option(
            names = "--pipeline",
            paramLabel = "DEPTH",
            defaultValue = "1",
            description =
                    "how many transactions of a client are on their way at a time, on its one connection; 1 without it")
    private int depth = 1;

    @Option(
            names = "--lanes",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "how many connections of a pool all clients share; each has its own without it")
    private int lanes;

    int progress() {
        return progress;
    }

    /** Whether progress is told with the time of day. */
    boolean timestamp() {
        return timestamp;
    }

    boolean detailed() {
        return detailed;
    }

    int seconds() {
        return seconds == null ? 0 : seconds;
    }

    /** What is asked for, with this log. */
    Settings settings(@Nullable LogSettings log) {
        check(clients >= 1, "-c is " + clients + ", expected 1 or more");
        check(loops >= 1, "-j is " + loops + ", expected 1 or more");
        check(transactions == null || seconds == null, "-t and -T are both given, expected one of them");
        check(transactions == null || transactions >= 1, "-t is " + transactions + ", expected 1 or more");
        check(seconds == null || seconds >= 1, "-T is " + seconds + ", expected 1 or more");
        check(warmUp >= 0 && (warmUp == 0 || seconds != null), "--warmup is given without -T, expected both");
        check(rate >= 0 && limit >= 0, "-R and -L are " + rate + " and " + limit + ", expected no less than 0");
        check(tries >= 0, "--max-tries is " + tries + ", expected 0 or more");
        check(
                tries != 0 || limit > 0 || seconds != null,
                "--max-tries=0 is given without a limit of time, expected -L or -T too");
        check(progress >= 0, "-P is " + progress + ", expected 0 or more");
        check(progress > 0 || !timestamp, "--progress-timestamp is given without -P, expected both");
        check(
                depth >= 1 && lanes >= 0,
                "--pipeline and --lanes are " + depth + " and " + lanes + ", expected 1 or more");
        check(depth == 1 || lanes == 0, "--pipeline and --lanes are both given, expected one of them");
        check(
                loops == 1 || lanes == 0,
                "--lanes is given with -j " + loops + ", expected -j 1: lanes are on the event loops of the process");
        check(depth == 1 && lanes == 0 || !reconnects, "-C is given with --pipeline or --lanes, expected it alone");
        Mode chosen = mode();
        check(
                depth == 1 && lanes == 0 || chosen != Mode.SIMPLE,
                "--pipeline or --lanes is given with -M simple, expected -M extended or prepared");
        int each = transactions != null ? transactions : seconds != null ? 0 : TRANSACTIONS;
        return new Settings(
                clients,
                Math.min(loops, clients),
                chosen,
                each,
                seconds(),
                warmUp,
                rate,
                Math.round(limit * NANOS_PER_MILLI),
                tries,
                reconnects,
                commands,
                verbose,
                depth,
                lanes,
                log);
    }

    private Mode mode() {
        for (Mode each : Mode.values()) {
            if (each.title().equals(mode.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new UsageException("-M is \"" + mode + "\", expected simple, extended or prepared");
    }
}
