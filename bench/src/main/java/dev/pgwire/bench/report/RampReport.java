package dev.pgwire.bench.report;

import dev.pgwire.bench.run.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs at rate after rate. The knee is the greatest rate up to which the server keeps up: it does at least 98 percent of what is due, and 99
 * percent of the transactions take no longer than the limit, or without one than five times what they take at the lowest rate.
 *
 * @param results of the rates, the lowest first
 * @param knee the last of them that keeps up; null if none does
 */
public record RampReport(List<Result> results, @Nullable Result knee) {
    /** Above the lines of the rates. */
    public static final String HEAD = String.format(
            Locale.ROOT,
            "%10s %10s %10s %10s %10s %10s %10s",
            "due tps",
            "tps",
            "50% ms",
            "99% ms",
            "99.9% ms",
            "max ms",
            "lag ms");

    private static final double DONE = 0.98;
    private static final double SLOWER = 5;

    /** Finds the knee. */
    public static RampReport of(List<Result> results) {
        Result knee = null;
        for (Result result : results) {
            double limit = result.settings().limitNanos() > 0
                    ? result.settings().limitNanos() / 1e6
                    : SLOWER * results.get(0).percentile(99);
            if (!keepsUp(result.settings().rate(), result.rate(), result.seconds(), result.percentile(99), limit)) {
                break;
            }
            knee = result;
        }
        return new RampReport(results, knee);
    }

    /** Whether what was done is what was due. As many come as chance has it: three deviations of that are allowed for. */
    static boolean keepsUp(double due, double done, double seconds, double p99Millis, double limitMillis) {
        double chance = 3 * Math.sqrt(due * seconds) / seconds;
        return done >= DONE * due - chance && p99Millis <= limitMillis;
    }

    /** A rate in a line. */
    public static String line(Result result) {
        return String.format(
                Locale.ROOT,
                "%10.0f %10.1f %10.3f %10.3f %10.3f %10.3f %10.3f",
                result.settings().rate(),
                result.rate(),
                result.percentile(50),
                result.percentile(99),
                result.percentile(99.9),
                result.latencies().getMaxValue() / 1e6,
                result.total().lag().mean());
    }

    /** What comes of it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                knee == null
                        ? "knee: below the lowest rate"
                        : String.format(
                                Locale.ROOT,
                                "knee: %.0f tps are due and done, 99%% of them within %.3f ms%s",
                                knee.settings().rate(),
                                knee.percentile(99),
                                knee == results.get(results.size() - 1) ? "; it is not below the greatest rate" : ""));
        results.forEach(result -> Bottleneck.of(result)
                .forEach(reason -> lines.add(String.format(
                        Locale.ROOT,
                        "WARNING: at %.0f tps the client was the bottleneck: %s",
                        result.settings().rate(),
                        reason))));
        return lines;
    }
}
