package dev.pgwire.benchmarks.compare.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number that is compared: a row of the report.
 *
 * @param id the row of the performance table, P1 to P20
 * @param name what is measured, in words
 * @param unit what the number counts
 * @param reading the name under which the rounds tell it
 * @param subject whose number the ratios are about; that of the others divides it
 * @param goals what it should be; none if it is only reported
 */
public record Metric(String id, String name, String unit, String reading, String subject, List<Goal> goals) {
    /** The contestant that all this is about. */
    public static final String PGWIRE = "pgwire";

    /** A metric about pgwire. */
    public static Metric of(String id, String name, String unit, String reading, Goal... goals) {
        return new Metric(id, name, unit, reading, PGWIRE, List.of(goals));
    }

    /** Whether it is about how the cost grows with the work, instead of about contestants. */
    public boolean isGrowth() {
        return flat() != null;
    }

    /** The goal of what is about growth. */
    Goal.@Nullable Flat flat() {
        return goals.stream()
                .filter(Goal.Flat.class::isInstance)
                .map(Goal.Flat.class::cast)
                .findFirst()
                .orElse(null);
    }
}
