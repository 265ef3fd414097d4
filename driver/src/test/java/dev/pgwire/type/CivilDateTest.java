package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CivilDateTest {
    @Test
    void everyDayOfTenThousandYearsAndItsNeighboursAreThoseOfJavaTime() {
        for (LocalDate day = LocalDate.of(-3, 1, 1); day.getYear() < 10_003; day = day.plusDays(1)) {
            assertEquals(day, CivilDate.of(day.toEpochDay()));
        }
    }

    @Test
    void farAwayDaysAreThoseOfJavaTime() {
        for (LocalDate day : new LocalDate[] {
            LocalDate.of(-4713, 11, 24), LocalDate.of(5_874_897, 12, 31), LocalDate.MIN, LocalDate.MAX
        }) {
            assertEquals(day, CivilDate.of(day.toEpochDay()));
        }
    }
}
