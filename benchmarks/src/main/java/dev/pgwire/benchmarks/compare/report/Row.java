package dev.pgwire.benchmarks.compare.report;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of the report.
 *
 * @param target the goals in words; null if there are none
 * @param met whether all are met; null if there are none, or one needs a contestant that was not measured
 * @param contestants what each contestant took; for growth, what a unit took at each size
 * @param ratios the subject's median divided by that of each other; for growth, what was measured by the line that fits best
 * @param growth that line; null if it is about something else
 */
public record Row(
        String id,
        String metric,
        String unit,
        String subject,
        @Nullable String target,
        @Nullable Boolean met,
        Map<String, Summary> contestants,
        Map<String, Double> ratios,
        @Nullable Growth growth) {

    /** Judges what was measured. */
    public static Row of(Metric metric, Map<String, Summary> contestants) {
        Goal.Flat flat = metric.flat();
        Growth growth = flat == null ? null : Growth.of(flat.sizes(), contestants);
        return new Row(
                metric.id(),
                metric.name(),
                metric.unit(),
                metric.subject(),
                metric.goals().isEmpty()
                        ? null
                        : metric.goals().stream().map(Goal::toString).collect(Collectors.joining(", ")),
                met(metric, contestants),
                contestants,
                flat == null || growth == null
                        ? Ratios.of(metric.subject(), contestants)
                        : growth.byTheLine(flat.sizes(), contestants),
                growth);
    }

    /** Whether it is about how the cost grows with the work: then sizes stand in the place of the contestants. */
    public boolean isGrowth() {
        return !ratios.isEmpty() && !contestants.containsKey(subject);
    }

    /** What a contestant costs where the subject costs 1; null if it did not take part. */
    @Nullable
    Double costOf(String contestant) {
        Double ratio = ratios.get(contestant);
        return ratio == null ? null : unit.endsWith("/s") ? ratio : Double.valueOf(1 / ratio);
    }

    private static @Nullable Boolean met(Metric metric, Map<String, Summary> contestants) {
        Boolean all = metric.goals().isEmpty() ? null : Boolean.TRUE;
        for (Goal goal : metric.goals()) {
            Boolean one = goal.isMet(metric.subject(), contestants);
            if (one != null && !one) {
                return false;
            }
            all = one == null ? null : all;
        }
        return all;
    }
}
