package dev.pgwire.benchmarks.compare.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What work costs as it grows: a fixed cost, and a cost for each unit. The line {@code fixed + slope * units} has the least
 * squares of its relative errors, so that a piece of eight bytes counts as much as one of 64 megabytes.
 *
 * @param fixed what a piece of work costs before its first unit
 * @param slope what one more unit costs
 * @param large the largest size
 * @param middle the size in the middle of the list
 * @param largeToMiddle what a unit of the largest size costs, the fixed cost taken off, where one of the middle size costs 1
 */
public record Growth(double fixed, double slope, String large, String middle, double largeToMiddle) {
    /**
     * Fits the line.
     *
     * @param sizes the units of a piece, by its name, from small to large
     * @param costs what one unit costs in a piece of each size, the fixed cost spread over its units
     * @return null if fewer than two sizes were measured
     */
    static @Nullable Growth of(Map<String, Integer> sizes, Map<String, Summary> costs) {
        List<String> measured =
                sizes.keySet().stream().filter(costs::containsKey).toList();
        if (measured.size() < 2) {
            return null;
        }
        // fixed / cost + slope * units / cost = 1, with the cost of the whole piece, for all sizes as nearly as can be.
        double aa = 0;
        double ab = 0;
        double bb = 0;
        double a1 = 0;
        double b1 = 0;
        for (String size : measured) {
            double unit = unitCost(costs, size);
            double a = 1 / (unit * units(sizes, size));
            double b = 1 / unit;
            aa += a * a;
            ab += a * b;
            bb += b * b;
            a1 += a;
            b1 += b;
        }
        double fixed = (a1 * bb - b1 * ab) / (aa * bb - ab * ab);
        double slope = (b1 * aa - a1 * ab) / (aa * bb - ab * ab);
        if (fixed < 0) {
            // Less than nothing is what the noise of the small sizes makes of it.
            fixed = 0;
            slope = b1 / bb;
        }
        String large = measured.get(measured.size() - 1);
        String middle = measured.get(measured.size() / 2);
        return new Growth(
                fixed, slope, large, middle, beyond(fixed, sizes, costs, large) / beyond(fixed, sizes, costs, middle));
    }

    private static double beyond(double fixed, Map<String, Integer> sizes, Map<String, Summary> costs, String size) {
        return unitCost(costs, size) - fixed / units(sizes, size);
    }

    private static double unitCost(Map<String, Summary> costs, String size) {
        Summary cost = costs.get(size);
        if (cost == null) {
            throw new IllegalArgumentException("no cost of " + size);
        }
        return cost.median();
    }

    private static double units(Map<String, Integer> sizes, String size) {
        return sizes.getOrDefault(size, 0);
    }

    /** What was measured at each size, by what the line says. */
    Map<String, Double> byTheLine(Map<String, Integer> sizes, Map<String, Summary> costs) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        sizes.forEach((size, units) -> {
            Summary cost = costs.get(size);
            if (cost != null) {
                ratios.put(size, cost.median() / (slope + fixed / units));
            }
        });
        return ratios;
    }

    /** In words: {@code fixed 1,800 ns + 0.620 ns each, 64 MB / 1 MB 1.05}. */
    String in(String unit) {
        return "fixed " + Markdown.number(fixed) + " " + unit + " + " + Markdown.number(slope) + " " + unit + " each, "
                + large + " / " + middle + String.format(Locale.ROOT, " %.2f", largeToMiddle);
    }
}
