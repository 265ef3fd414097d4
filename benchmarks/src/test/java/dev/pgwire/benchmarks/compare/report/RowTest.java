package dev.pgwire.benchmarks.compare.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Metric LATENCY = Metric.of(
            "P1", "select", "µs/query", "latency", new Goal.AtMost(0.97, "pgjdbc"), new Goal.AtMost(1.0, "libpq"));

    @Test
    void theMedianIsTheMiddleRoundWhateverTheOrder() {
        assertEquals(new Summary(2, 1, 9, 3), Summary.of(List.of(9.0, 1.0, 2.0)));
    }

    @Test
    void theMedianOfAnEvenNumberOfRoundsLiesBetweenTheTwoInTheMiddle() {
        assertEquals(2.5, Summary.of(4, 1, 2, 3).median());
    }

    @Test
    void noRoundsHaveNoMedian() {
        assertThrows(IllegalArgumentException.class, () -> Summary.of(List.of()));
    }

    @Test
    void aRatioIsPgwireDividedByTheOther() {
        Row row = Row.of(LATENCY, medians("pgwire", 20, "pgjdbc", 40, "libpq", 25));
        assertEquals(Map.of("pgjdbc", 0.5, "libpq", 0.8), row.ratios());
    }

    @Test
    void aRowIsMetWhenAllItsGoalsAre() {
        assertEquals(
                true,
                Row.of(LATENCY, medians("pgwire", 20, "pgjdbc", 40, "libpq", 20))
                        .met());
        assertEquals(
                false,
                Row.of(LATENCY, medians("pgwire", 20, "pgjdbc", 40, "libpq", 19))
                        .met());
    }

    @Test
    void aRowWithoutAContestantThatItNeedsIsNeitherMetNorMissed() {
        assertNull(Row.of(LATENCY, medians("pgwire", 20, "pgjdbc", 40)).met());
    }

    @Test
    void aGoalThatIsMissedDecidesEvenIfAnotherCannotBeJudged() {
        assertEquals(false, Row.of(LATENCY, medians("pgwire", 20, "pgjdbc", 20)).met());
    }

    @Test
    void aRowWithoutPgwireHasNoRatios() {
        Row row = Row.of(LATENCY, medians("pgjdbc", 40, "libpq", 25));
        assertTrue(row.ratios().isEmpty());
        assertNull(row.met());
    }

    @Test
    void aRateIsMetWhenItIsHighEnough() {
        Metric rate = Metric.of("P5", "selects", "selects/s", "rate", new Goal.AtLeast(1.5, "vertx"));
        assertEquals(true, Row.of(rate, medians("pgwire", 150, "vertx", 100)).met());
        assertEquals(false, Row.of(rate, medians("pgwire", 149, "vertx", 100)).met());
    }

    @Test
    void whatTheProfilerCannotTellFromNothingDoesNotCount() {
        Metric bytes = Metric.of("P10", "allocated", "B/row", "bytes", new Goal.NoMoreThan("byhand", 0.5));
        assertEquals(
                true, Row.of(bytes, medians("pgwire", 284.4, "byhand", 284)).met());
        assertEquals(false, Row.of(bytes, medians("pgwire", 285, "byhand", 284)).met());
    }

    @Test
    void aBoundOfItsOwnNeedsNobodyElse() {
        Metric heap = Metric.of("P4", "heap", "B per byte", "heap", new Goal.Below(1.25, "of the bytes on the wire"));
        assertEquals(true, Row.of(heap, medians("pgwire", 1.25)).met());
        assertEquals(false, Row.of(heap, medians("pgwire", 1.26)).met());
    }

    @Test
    void whatDidNotCompleteIsNotMet() {
        Metric stream = Metric.of("P11", "stream", "rows/s", "rate", new Goal.Completes());
        assertEquals(true, Row.of(stream, medians("pgwire", 1_000_000)).met());
        assertEquals(false, Row.of(stream, medians("pgwire", 0)).met());
    }

    @Test
    void growthIsFlatWhenEverySizeIsNearTheLineOfAFixedCostAndACostForEachUnit() {
        Row flat = Row.of(growth(), medians("1,000", 13, "10,000", 4, "100,000", 3.1));
        assertEquals(true, flat.met());
        assertEquals(10_000, flat.growth().fixed(), 1e-6);
        assertEquals(3, flat.growth().slope(), 1e-9);
        assertEquals(1, flat.growth().largeToMiddle(), 1e-9);
        flat.ratios().values().forEach(ratio -> assertEquals(1, ratio, 1e-9));
        assertEquals(
                false,
                Row.of(growth(), medians("1,000", 13, "10,000", 4, "100,000", 5))
                        .met());
    }

    @Test
    void theLargestSizeIsHeldAgainstTheMiddleOneWithoutTheFixedCost() {
        Growth growth = Row.of(growth(), medians("1,000", 13, "10,000", 4, "100,000", 6))
                .growth();
        assertEquals("100,000 / 10,000", growth.large() + " / " + growth.middle());
        assertEquals((6 - growth.fixed() / 100_000) / (4 - growth.fixed() / 10_000), growth.largeToMiddle(), 1e-9);
    }

    @Test
    void aFixedCostIsNeverLessThanNothing() {
        Growth growth =
                Row.of(growth(), medians("1,000", 3, "10,000", 4, "100,000", 5)).growth();
        assertEquals(0, growth.fixed());
        assertTrue(growth.slope() > 3 && growth.slope() < 5);
    }

    @Test
    void oneSizeMakesNoLine() {
        Row row = Row.of(growth(), medians("1,000", 3));
        assertNull(row.growth());
        assertNull(row.met());
    }

    static Metric growth() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("1,000", 1_000);
        sizes.put("10,000", 10_000);
        sizes.put("100,000", 100_000);
        return Metric.of("P12", "time per row", "ns", "wall", new Goal.Flat(0.15, sizes));
    }

    @Test
    void growthIsToldFromAComparison() {
        assertTrue(Row.of(growth(), medians("1,000", 1, "10,000", 1)).isGrowth());
        assertFalse(Row.of(LATENCY, medians("pgwire", 1, "libpq", 1)).isGrowth());
    }

    @Test
    void theCostOfWhoDoesMoreInASecondIsLess() {
        Metric rate = Metric.of("P5", "selects", "selects/s", "rate");
        assertEquals(2.0, Row.of(rate, medians("pgwire", 100, "vertx", 50)).costOf("vertx"));
        assertEquals(2.0, Row.of(LATENCY, medians("pgwire", 20, "pgjdbc", 40)).costOf("pgjdbc"));
    }

    static Map<String, Summary> medians(Object... namesAndMedians) {
        Map<String, Summary> medians = new LinkedHashMap<>();
        for (int i = 0; i < namesAndMedians.length; i += 2) {
            medians.put((String) namesAndMedians[i], Summary.of(((Number) namesAndMedians[i + 1]).doubleValue()));
        }
        return medians;
    }
}
