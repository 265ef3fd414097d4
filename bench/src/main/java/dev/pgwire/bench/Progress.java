package dev.pgwire.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tells how many rows of a table were sent: every 100,000, or in the quiet way every five seconds. */
final class Progress {
    private static final long STEP = 100_000;
    private static final long QUIET = TimeUnit.SECONDS.toNanos(5);

    private final PrintStream err;
    private final long rows;
    private final boolean quiet;
    private final long begun = System.nanoTime();
    private long told = begun;

    Progress(PrintStream err, long rows, boolean quiet) {
        this.err = err;
        this.rows = rows;
        this.quiet = quiet;
    }

    void reached(long row) {
        long now = System.nanoTime();
        if (quiet ? now - told >= QUIET : row % STEP == 0) {
            told = now;
            double elapsed = (now - begun) / 1e9;
            err.printf(
                    Locale.ROOT,
                    "%d of %d tuples (%d%%) done (elapsed %.2f s, remaining %.2f s)%n",
                    row,
                    rows,
                    100 * row / rows,
                    elapsed,
                    elapsed * (rows - row) / row);
        }
    }
}
