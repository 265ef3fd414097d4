package dev.pgwire.benchmarks.compare.run;

import java.util.HashMap;
import java.util.Map;

/** Holds the contestants to the same result: a comparison of different work would be worth nothing. */
final class Agreement {
    private static final String[] COMPARED = {"rows", "checksum", "printed"};

    private record Told(String contestant, double value) {}

    private final Map<String, Told> first = new HashMap<>();

    /**
     * Compares what one contestant tells with what the first one told.
     *
     * @throws IllegalStateException if they differ
     */
    void check(String contestant, Map<String, Double> readings) {
        for (String reading : COMPARED) {
            Double value = readings.get(reading);
            if (value == null) {
                continue;
            }
            Told before = first.putIfAbsent(reading, new Told(contestant, value));
            if (before != null && before.value() != value) {
                throw new IllegalStateException("%s tells %s = %.0f, but %s tells %.0f: they did not do the same work"
                        .formatted(contestant, reading, value, before.contestant(), before.value()));
            }
        }
    }
}
