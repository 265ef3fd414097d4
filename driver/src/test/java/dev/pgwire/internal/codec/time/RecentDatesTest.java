package dev.pgwire.internal.codec.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pgwire.testing.Seed;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentDatesTest {
    private final RecentDates dates = new RecentDates();

    @Test
    void aDateThatCameTwiceIsTheSameFromThenOn() {
        dates.of(20_000);
        LocalDate second = dates.of(20_000);
        assertSame(second, dates.of(20_000));
        assertEquals(LocalDate.ofEpochDay(20_000), second);
    }

    @Test
    void daysThatShareAPlaceDoNotPushEachOtherOut() {
        for (int i = 0; i < 3; i++) {
            assertNotSame(dates.of(1), dates.of(1 + 2048));
        }
        assertEquals(LocalDate.ofEpochDay(1), dates.of(1));
    }

    @Test
    void everyDayIsThatOfJavaTimeInWhateverOrderTheyCome() {
        Seed seed = Seed.take();
        Random random = seed.random();
        for (int i = 0; i < 200_000; i++) {
            long day = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(5_000) - 1_000;
            assertEquals(LocalDate.ofEpochDay(day), dates.of(day), seed::toString);
        }
    }

    @Test
    void theEndsOfJavaTimeAndTheFirstDayOfTheEpochAreDays() {
        for (LocalDate day : new LocalDate[] {LocalDate.MIN, LocalDate.MAX, LocalDate.EPOCH}) {
            for (int i = 0; i < 3; i++) {
                assertEquals(day, dates.of(day.toEpochDay()));
            }
        }
    }
}
