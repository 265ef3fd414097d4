package dev.pgwire.type;

// HOT: see DataRowBenchmark

import java.time.LocalDate;

/**
 * The date of a day, for the years 0 to 9999 in half the time that {@link LocalDate#ofEpochDay} needs: Euclidean affine
 * functions take the place of divisions (C. Neri and L. Schneider, "Euclidean affine functions and their application to
 * calendar algorithms", 2022). Years begin with March there, so that a leap day is the last of its year.
 */
final class CivilDate {
    /** 0000-03-01 as java.time counts days, and how many days from there are in range. */
    private static final int FIRST = -719_468;

    private static final int RANGE = 3_652_000;
    private static final int DAYS_OF_400_YEARS = 146_097;
    /** 2^32 / 1461, rounded up: a product with it has the years of a century above the 32nd bit. */
    private static final long YEARS = 2_939_745;
    /** January and February are the last of 306 + 59 or 60 days. */
    private static final int JANUARY = 306;

    private CivilDate() {}

    static LocalDate of(long epochDay) {
        long sinceFirst = epochDay - FIRST;
        if (sinceFirst < 0 || sinceFirst >= RANGE) {
            return LocalDate.ofEpochDay(epochDay);
        }
        int quarters = 4 * (int) sinceFirst + 3;
        int century = quarters / DAYS_OF_400_YEARS;
        int dayOfCentury = quarters % DAYS_OF_400_YEARS / 4;
        long product = YEARS * (4L * dayOfCentury + 3);
        int dayOfYear = (int) ((product & 0xFFFF_FFFFL) / YEARS) / 4;
        int year = 100 * century + (int) (product >>> 32);
        int months = 2141 * dayOfYear + 197_913;
        int month = months >>> 16;
        int day = (months & 0xFFFF) / 2141 + 1;
        return dayOfYear < JANUARY ? LocalDate.of(year, month, day) : LocalDate.of(year + 1, month - 12, day);
    }
}
