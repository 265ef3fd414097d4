package dev.pgwire.console.doctor;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines that {@code --doctor} prints, each as soon as it is known. */
final class DoctorReport {
    private static final int TIME_COLUMN = 56;

    private final PrintStream out;
    private boolean failed;

    DoctorReport(PrintStream out) {
        this.out = out;
    }

    void ok(String step, String found, @Nullable Duration took) {
        line("ok", step, found, took);
    }

    void skipped(String step, String why, @Nullable Duration took) {
        line("skipped", step, why, took);
    }

    void failed(String step, String why, @Nullable Duration took, String advice) {
        failed = true;
        line("FAILED", step, why, took);
        line("advice", "", advice, null);
    }

    /** Whether any step has failed. */
    boolean hasFailure() {
        return failed;
    }

    private void line(String mark, String step, String text, @Nullable Duration took) {
        StringBuilder line = new StringBuilder(String.format("%-7s %-15s %s", mark, step, text));
        if (took != null) {
            line.append(" ".repeat(Math.max(2, TIME_COLUMN + 24 - line.length())));
            line.append(String.format(Locale.ROOT, "%.1f ms", took.toNanos() / 1e6));
        }
        out.append(line).append('\n');
        // A step may take its time: what was found before is to be seen meanwhile.
        out.flush();
    }
}
