package dev.pgwire.benchmarks.compare.report;

import java.util.Arrays;
import java.util.List;

/** What the rounds of one contestant gave: the middle one and how far they spread. */
public record Summary(double median, double min, double max, int rounds) {
    /** Sums up at least one value. */
    public static Summary of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no rounds, expected at least one");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Summary(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }

    /** Sums up the values as they stand. */
    public static Summary of(double... values) {
        return of(Arrays.stream(values).boxed().toList());
    }
}
