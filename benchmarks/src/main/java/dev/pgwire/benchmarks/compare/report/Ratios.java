package dev.pgwire.benchmarks.compare.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Medians divided by medians of the same run. */
final class Ratios {
    private Ratios() {}

    /** The subject's median divided by that of each other contestant; empty if the subject was not measured. */
    static Map<String, Double> of(String subject, Map<String, Summary> contestants) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        Summary own = contestants.get(subject);
        if (own != null) {
            contestants.forEach((name, other) -> {
                if (!name.equals(subject) && other.median() != 0) {
                    ratios.put(name, own.median() / other.median());
                }
            });
        }
        return ratios;
    }
}
