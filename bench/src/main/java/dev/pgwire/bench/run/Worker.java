package dev.pgwire.bench.run;

import dev.pgwire.bench.script.RandomSource;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What the clients on one event loop have in common: which script is next, when the next transaction is due, and the counts. Its methods are
 * called by those that hold its monitor: the loop's thread mostly, and seldom the pacer's and the sampler's.
 */
final class Worker {
    /** Latencies up to an hour, to three digits. */
    private static final long MOST_NANOS = 3_600_000_000_000L;

    private final Workload workload;
    private final Settings settings;
    private final RandomSource choosing;
    private final RandomSource throttling;
    private final int weight;
    private final List<Tally> tallies = new ArrayList<>();
    private final List<List<CommandTally>> commands = new ArrayList<>();
    private Histogram latencies = histogram();
    private Histogram lags = histogram();
    private double connectMillis;
    private long connects;
    private double due;
    private long measuredFrom;
    private final CommandTally uncounted = new CommandTally();
    private long missed;
    private final RandomSource sampling;
    private @Nullable TransactionLog log;
    private @Nullable Thread loop;

    Worker(Workload workload, Settings settings, RandomSource base) {
        this.workload = workload;
        this.settings = settings;
        this.choosing = base.split();
        this.throttling = base.split();
        this.sampling = base.split();
        this.weight = workload.weight();
        reset();
    }

    static Histogram histogram() {
        Histogram histogram = new Histogram(1_000, MOST_NANOS, 3);
        histogram.setAutoResize(true);
        return histogram;
    }

    private void reset() {
        tallies.clear();
        commands.clear();
        workload.scripts().forEach(script -> {
            tallies.add(new Tally());
            commands.add(script.commands().stream()
                    .map(command -> new CommandTally())
                    .toList());
        });
        latencies.reset();
        lags.reset();
        connectMillis = 0;
        connects = 0;
        missed = 0;
    }

    /** The next script, by weight. */
    int choose() {
        if (workload.scripts().size() == 1) {
            return 0;
        }
        long drawn = choosing.between(0, weight - 1);
        int chosen = -1;
        while (drawn >= 0) {
            drawn -= workload.scripts().get(++chosen).weight();
        }
        return chosen;
    }

    /** Begins the time line of the transactions that are due. */
    void begin(long nanos) {
        due = nanos;
    }

    /** When the next transaction is due. */
    long nextDue() {
        due += throttling.poisson(settings.meanNanos());
        return (long) due;
    }

    /** A transaction that was due had its turn only after the end. */
    void missed() {
        missed++;
    }

    /** How many transactions were due up to a time and never begun. Those that no client has drawn are as many as the rate has it. */
    long notBegun(long until) {
        double left = settings.rate() == 0 ? 0 : (until - due) / settings.meanNanos();
        return missed + Math.max(0, (long) left);
    }

    /** Writes a log from now on, of what is counted. */
    void logs(TransactionLog given) {
        log = given;
    }

    /** What draws the samples of the log. */
    RandomSource sampling() {
        return sampling;
    }

    /**
     * Counts from now on. With a rate the time line begins anew: what was due before is of the warm-up, whether it was begun or not.
     *
     * @param now a time of {@link System#nanoTime}
     */
    void measure(long now) {
        reset();
        measuredFrom = now;
        due = Math.max(due, now);
        if (log != null) {
            log.begin();
        }
    }

    /** Whether a transaction that was due at a time counts. Without a rate each does that ends in the measured time. */
    boolean counts(long scheduled) {
        return settings.rate() == 0 || scheduled >= measuredFrom;
    }

    /** Ends the log, if it has not ended yet. */
    void endLog() {
        TransactionLog ended = log;
        log = null;
        if (ended != null) {
            ended.close();
        }
    }

    void done(int client, int script, long latency, long lag, int tries) {
        boolean isLate = settings.limitNanos() > 0 && latency > settings.limitNanos();
        Tally tally = tallies.get(script);
        tally.done(latency / 1e6, lag / 1e6, isLate);
        tally.tried(tries);
        latencies.recordValue(Math.min(latency, MOST_NANOS));
        if (log != null) {
            log.done(client, script, latency, lag, tries);
        }
    }

    void failed(int client, int script, Failure failure, int tries) {
        tallies.get(script).failed(failure);
        tallies.get(script).tried(tries);
        if (log != null) {
            log.failed(client, script, failure, tries);
        }
    }

    void skipped(int client, int script) {
        tallies.get(script).skip();
        if (log != null) {
            log.skipped(client, script);
        }
    }

    /** Notes how much later than planned something began because this program was late. */
    void woke(long lateNanos) {
        lags.recordValue(Math.min(Math.max(0, lateNanos), MOST_NANOS));
    }

    void connected(long nanos) {
        connectMillis += nanos / 1e6;
        connects++;
    }

    CommandTally command(int script, int command) {
        return commands.get(script).get(command);
    }

    /** In place of a command's where it does not count. */
    CommandTally uncounted() {
        return uncounted;
    }

    List<Tally> tallies() {
        return tallies;
    }

    List<List<CommandTally>> commands() {
        return commands;
    }

    double connectMillis() {
        return connectMillis;
    }

    long connects() {
        return connects;
    }

    /** Takes away the latencies since the last time. */
    Histogram takeLatencies() {
        Histogram taken = latencies;
        latencies = histogram();
        return taken;
    }

    Histogram lags() {
        return lags;
    }

    /** Takes note of the thread that answers come on. */
    void runsOn(Thread thread) {
        String name = thread.getName();
        if (loop == null && (name.startsWith("pgwire-own-loop") || name.startsWith("pgwire-loop"))) {
            loop = thread;
        }
    }

    /** The thread of the loop; null if nothing was answered yet. */
    @Nullable
    Thread loop() {
        return loop;
    }
}
