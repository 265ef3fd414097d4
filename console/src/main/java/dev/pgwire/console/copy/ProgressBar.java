package dev.pgwire.console.copy;

import dev.pgwire.CopyProgress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** How far a COPY has come, on the last line of the terminal, once it has taken long enough to wonder. */
final class ProgressBar implements CopyProgress {
    private static final long FIRST = 500_000_000;
    private static final long THEN = 100_000_000;
    private static final int WIDTH = 30;
    private static final double NANOS = 1e9;
    private static final int UNIT = 1000;
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private final PrintStream out;
    private final long total;
    private final LongSupplier clock;
    private final long begin;
    private long next;
    private int shown;

    /**
     * A bar that is not shown yet.
     *
     * @param total how many bytes there are; negative if that is not known
     * @param clock in nanoseconds
     */
    ProgressBar(PrintStream out, long total, LongSupplier clock) {
        this.out = out;
        this.total = total;
        this.clock = clock;
        this.begin = clock.getAsLong();
        this.next = FIRST;
    }

    @Override
    public void moved(long bytes, long rows) {
        long passed = clock.getAsLong() - begin;
        if (passed < next) {
            return;
        }
        next = passed + THEN;
        String text = (total > 0 ? bar(bytes) : "") + amount(bytes)
                + (total > 0 ? " of " + amount(total) : "")
                + (rows > 0 ? String.format(Locale.ROOT, ", %,d rows", rows) : "")
                + ", " + amount((long) (bytes / (passed / NANOS))) + "/s";
        print(text);
    }

    private String bar(long bytes) {
        // A file that grows meanwhile is never more than read.
        double part = Math.min(1, (double) bytes / total);
        int full = (int) (part * WIDTH);
        return "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + (int) (part * 100) + "% ";
    }

    private static String amount(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= UNIT && unit + 1 < UNITS.length) {
            amount /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }

    private void print(String text) {
        out.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
        out.flush();
        shown = text.length();
    }

    /** Leaves the line as it was. */
    void end() {
        if (shown > 0) {
            print("");
            out.print("\r");
            out.flush();
        }
    }
}
