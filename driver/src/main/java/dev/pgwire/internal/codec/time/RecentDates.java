package dev.pgwire.internal.codec.time;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

// HOT: see DataRowBenchmark

/**
 * Dates come again and again, and a LocalDate is immutable: one that was made for a row before serves once more, which takes
 * a third of the time and no memory. A date is kept when its day comes a second time without another one in its place
 * between, so that days without end, which would only push each other out, cost no more than a comparison. For all threads;
 * a race makes a date twice.
 */
final class RecentDates {
    /** Five and a half years, when the dates are near each other. */
    private static final int SIZE = 2048;

    private final @Nullable Known[] known = new Known[SIZE];
    private final long[] asked = new long[SIZE];

    private record Known(long epochDay, LocalDate date) {}

    /** The date of a day as java.time counts days. */
    LocalDate of(long epochDay) {
        int place = (int) epochDay & SIZE - 1;
        Known recent = known[place];
        if (recent != null && recent.epochDay == epochDay) {
            return recent.date;
        }
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        if (asked[place] == epochDay) {
            known[place] = new Known(epochDay, date);
        } else {
            asked[place] = epochDay;
        }
        return date;
    }
}
