package dev.pgwire.bench.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * Ratios of several rounds.
 *
 * @param median the one in the middle
 * @param least the least of them
 * @param most the greatest of them
 */
public record Ratio(double median, double least, double most) {
    static Ratio of(double... ratios) {
        double[] sorted = ratios.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Ratio(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Whether some rounds say more and some say less. */
    public boolean isUndecided() {
        return least <= 1 && most >= 1;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f to %.3f%s)",
                median,
                least,
                most,
                isUndecided() ? "; the rounds do not agree which is more" : "");
    }
}
