package dev.pgwire.benchmarks.compare.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Tells on standard error how far it is and how long it will take: as a bar on a terminal, else as a line for each piece of
 * work. The parts count by the time that they are thought to take.
 */
public final class Progress implements AutoCloseable {
    private final PrintStream err = System.err;
    private final long begun = System.nanoTime();
    private final int total;
    private final @Nullable ProgressBar bar;
    private String part = "";
    private double before;
    private double done;
    private int weight;

    /** For work of about this number of seconds in all. */
    public Progress(int seconds) {
        total = Math.max(seconds, 1);
        bar = !Boolean.getBoolean("pgwire.terminal")
                ? null
                : new ProgressBarBuilder()
                        .setTaskName("compare")
                        .setInitialMax(total * 1000L)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(500)
                        .build();
    }

    /** Begins a part that takes about this number of seconds. */
    public void begin(String name, int seconds) {
        finish();
        part = name;
        weight = seconds;
        if (bar != null) {
            bar.setExtraMessage(name);
        }
    }

    /** Tells that a share of the part, between 0 and 1, was done. */
    public void step(double share) {
        done = Math.min(done + share * weight, before + weight);
        if (bar != null) {
            bar.stepTo(Math.round(done * 1000));
        }
    }

    private void finish() {
        if (part.isEmpty()) {
            return;
        }
        before += weight;
        done = before;
        if (bar == null) {
            double passed = (System.nanoTime() - begun) / 1e9;
            Duration left = Duration.ofSeconds(Math.round(passed / done * Math.max(total - done, 0)));
            err.printf(
                    Locale.ROOT,
                    "compare: %s done, %.0f %%, about %d:%02d left%n",
                    part,
                    100 * done / total,
                    left.toMinutes(),
                    left.toSecondsPart());
        } else {
            bar.stepTo(Math.round(done * 1000));
        }
        part = "";
    }

    @Override
    public void close() {
        finish();
        if (bar != null) {
            bar.close();
        }
    }
}
