package dev.pgwire.bench;

import dev.pgwire.bench.run.Race;
import dev.pgwire.bench.run.Settings;
import dev.pgwire.bench.run.Tally;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells how a run goes, in the lines of {@code pgbench -P}. */
final class ProgressLines implements Race.Listener {
    private final PrintStream err;
    private final int every;
    private final boolean timestamp;
    private volatile @Nullable Settings settings;

    /**
     * Lines.
     *
     * @param every how often there is one, in seconds; 0 for none
     * @param timestamp whether they have the time of day, and not that since the begin
     */
    ProgressLines(PrintStream err, int every, boolean timestamp) {
        this.err = err;
        this.every = every;
        this.timestamp = timestamp;
    }

    /** Says what the run is that comes. */
    void of(Settings next) {
        settings = next;
    }

    @Override
    public void tell(String line) {
        err.println(line.startsWith("debug(") ? line : "pgwire bench: " + line);
    }

    @Override
    public int every() {
        return every;
    }

    @Override
    public void progress(double seconds, double length, Tally since) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "progress: %s s, %.1f tps, lat %.3f ms stddev %.3f, %d failed",
                timestamp
                        ? String.format(Locale.ROOT, "%.3f", System.currentTimeMillis() / 1e3)
                        : String.format(Locale.ROOT, "%.1f", seconds),
                since.done() / length,
                since.latency().mean(),
                since.latency().deviation(),
                since.failures()));
        Settings run = settings;
        if (run != null && run.rate() > 0) {
            line.append(String.format(Locale.ROOT, ", lag %.3f ms", since.lag().mean()));
            if (run.limitNanos() > 0) {
                line.append(", ").append(since.skipped()).append(" skipped");
            }
        }
        if (run != null && run.tries() != 1) {
            line.append(", ")
                    .append(since.retried())
                    .append(" retried, ")
                    .append(since.retries())
                    .append(" retries");
        }
        err.println(line);
    }
}
