package dev.pgwire.config;

import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.Settings;
import dev.pgwire.internal.config.WholeNumber;
import java.time.Duration;

/** The value of busy_wait: a whole number with its unit, as PostgreSQL's own settings have it, or 0. */
final class BusyWaits {
    /** To sleep and to be woken costs some 5 to 50 microseconds: a wait beyond this has little to win by staying awake. */
    private static final Duration MOST = Duration.ofMillis(1);

    private static final int MICROS_OF_A_MILLI = 1_000;

    private BusyWaits() {}

    static Duration of(Settings settings) {
        String value = settings.value(Keyword.BUSY_WAIT);
        Duration time = value == null ? Duration.ZERO : Duration.ofNanos(nanos(value));
        if (time.isNegative() || time.compareTo(MOST) > 0) {
            throw settings.invalid(
                    Keyword.BUSY_WAIT, "0 or a whole number with its unit, us or ms, of at most 1ms, such as 50us");
        }
        return time;
    }

    /** The time that the text gives, or -1 if it is none. */
    private static long nanos(String value) {
        String text = value.strip();
        boolean hasUnit = text.endsWith("us") || text.endsWith("ms");
        Integer number = WholeNumber.parse(hasUnit ? text.substring(0, text.length() - 2) : text);
        if (number == null || !hasUnit && number != 0) {
            return -1;
        }
        return 1_000L * number * (text.endsWith("ms") ? MICROS_OF_A_MILLI : 1);
    }

    /** A time as the value of busy_wait, rounded up to whole microseconds; what is beyond the bound stays so. */
    static String text(Duration time) {
        if (time.isNegative() || time.isZero()) {
            return "0";
        }
        Duration bounded = time.compareTo(MOST) > 0 ? MOST.plusNanos(1) : time;
        return (bounded.toNanos() + 999) / 1_000 + "us";
    }
}
