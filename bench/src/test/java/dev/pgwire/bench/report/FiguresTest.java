package dev.pgwire.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void theRatioOfSeveralRoundsIsTheirMedianWithItsSpread() {
        assertEquals(new Ratio(1.2, 0.9, 1.5), Ratio.of(1.5, 0.9, 1.2));
        assertEquals(new Ratio(1.5, 1, 2), Ratio.of(2, 1));
        assertEquals(
                "1.200 (0.900 to 1.500; the rounds do not agree which is more)",
                Ratio.of(1.5, 0.9, 1.2).toString());
        assertEquals("1.200 (1.100 to 1.300)", Ratio.of(1.1, 1.2, 1.3).toString());
    }

    @Test
    void aServerKeepsUpAsLongAsItDoesWhatIsDueInTime() {
        assertTrue(RampReport.keepsUp(1000, 1000, 10, 5, 10));
        assertTrue(RampReport.keepsUp(1000, 975, 10, 5, 10));
        assertFalse(RampReport.keepsUp(1000, 900, 10, 5, 10));
        assertFalse(RampReport.keepsUp(1000, 1000, 10, 11, 10));
        // Of 10 that are due in a second 4 may come by chance.
        assertTrue(RampReport.keepsUp(10, 4, 1, 5, 10));
    }

    @Test
    void aClientThatIsTheBottleneckSaysWhy() {
        assertEquals(List.of(), Bottleneck.of(0.5, true, 0.01, 0.01, 0.5, 0.5, 0.1));
        assertTrue(Bottleneck.of(0.95, true, 0, 0, 0, 0, 1).get(0).startsWith("its event loops were busy 95%"));
        assertTrue(Bottleneck.of(0, true, 0.2, 0, 0, 0, 1).get(0).startsWith("it collected garbage in 20%"));
        assertTrue(Bottleneck.of(0, true, 0, 0.3, 0, 0, 1).get(0).startsWith("the hypervisor took 30%"));
        assertTrue(Bottleneck.of(0, true, 0, 0, 0, 3, 2)
                .get(0)
                .startsWith("1% of the transactions began more than 3.000 ms late"));
        assertTrue(Bottleneck.of(0, true, 0, 0, 3, 0, 2).get(0).startsWith("1% of the times a sleeping thread"));
        assertEquals(5, Bottleneck.of(1, true, 1, 1, 3, 3, 2).size());
    }

    @Test
    void moreEventLoopsAreAdvisedOnlyWhereThereCanBeMore() {
        assertTrue(Bottleneck.of(0.95, true, 0, 0, 0, 0, 1).get(0).contains("-j"));
        assertEquals(
                List.of("its event loops were busy 95% of the time, expected at most 90%"),
                Bottleneck.of(0.95, false, 0, 0, 0, 0, 1));
    }

    @Test
    void percentilesHaveNamesWithoutNeedlessFractions() {
        assertEquals("99", Percentiles.name(99));
        assertEquals("99.99", Percentiles.name(99.99));
    }
}
