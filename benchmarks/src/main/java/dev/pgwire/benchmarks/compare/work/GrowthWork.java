package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.Observations;
import dev.pgwire.benchmarks.compare.run.Rounds;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * P12: what one unit costs as the work grows. The sizes take the place of the contestants and take turns as they do. Small
 * work is repeated until it is as much in all as the large. The report tells what each piece costs, however small, from what
 * one more unit costs.
 */
interface GrowthWork extends RoundWork {
    /** What a unit is: {@code row}. */
    String unit();

    /** The sizes, from small to large. */
    List<Integer> sizes(Extent extent);

    /** Does the work of one size, repeated if it is small, and tells the nanoseconds of a unit: wall and cpu. */
    Map<String, Double> measure(Assignment assignment, int size) throws Exception;

    /** A size in words. */
    default String label(int size) {
        return String.format(Locale.ROOT, "%,d", size);
    }

    @Override
    default List<Metric> metrics() {
        Map<String, Integer> units = new LinkedHashMap<>();
        sizes(Extent.FULL).forEach(size -> units.put(label(size), size));
        Goal flat = new Goal.Flat(0.15, units);
        return List.of(
                Metric.of("P12", "time per " + unit() + ", " + grows(), "ns", "wall", flat),
                Metric.of("P12", "client CPU per " + unit() + ", " + grows(), "ns", "cpu", flat));
    }

    /** What grows, in words. */
    String grows();

    @Override
    default List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE);
    }

    @Override
    default Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(2, 1), extent.choose(5, 3));
    }

    @Override
    default Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        Map<String, Double> readings = new LinkedHashMap<>();
        for (int size : sizes(assignment.extent())) {
            measure(assignment, size).forEach((reading, value) -> readings.put(reading + " " + label(size), value));
        }
        return readings;
    }

    @Override
    default Observations measure(Bench bench) throws IOException, InterruptedException {
        return RoundWork.super.measure(bench).bySize();
    }
}
