package dev.pgwire.internal.codec.time;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.FieldCodec;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Walks over the text of a date, time or timestamp in DateStyle ISO, and fails in the name of its codec. */
final class DateTimeScanner {
    private static final int SECONDS_OF_MINUTE = 60;
    private static final int SECONDS_OF_HOUR = 3600;

    private final FieldCodec<?> codec;
    private final byte[] source;
    private final int begin;
    private final int end;
    private int at;

    DateTimeScanner(FieldCodec<?> codec, byte[] source, int offset, int length) {
        this.codec = codec;
        this.source = source;
        this.begin = offset;
        this.end = offset + length;
        this.at = offset;
    }

    /** A date without its era, which follows at the very end of the text. */
    LocalDate date() {
        int year = digits(4, 7);
        expect('-');
        int month = digits(2, 2);
        expect('-');
        int day = digits(2, 2);
        boolean beforeChrist = end - at >= 3 && endsWith(" BC");
        if (year == 0) {
            throw bad();
        }
        try {
            // 1 BC is the year 0 of java.time.
            return LocalDate.of(beforeChrist ? 1 - year : year, month, day);
        } catch (DateTimeException e) {
            // The 30th of February and the like: the text itself says what is wrong.
            throw bad();
        }
    }

    /** Microseconds of the day, up to and including 24:00:00. */
    long micros() {
        int hour = digits(2, 2);
        expect(':');
        int minute = digits(2, 2);
        expect(':');
        int second = digits(2, 2);
        long micros = 0;
        if (take('.')) {
            int start = at;
            micros = digits(1, 6);
            for (int i = at - start; i < 6; i++) {
                micros *= 10;
            }
        }
        long total = (hour * 3600L + minute * 60L + second) * PostgresTime.MICROS_OF_SECOND + micros;
        if (minute > 59 || second > 59 || total > PostgresTime.MICROS_OF_DAY) {
            throw bad();
        }
        return total;
    }

    /** Seconds east of Greenwich, in the forms +05, -03:30 and -00:01:15. */
    int offset() {
        boolean west = take('-');
        if (!west) {
            expect('+');
        }
        int seconds = digits(2, 2) * SECONDS_OF_HOUR;
        if (take(':')) {
            seconds += sixtieths() * SECONDS_OF_MINUTE;
            if (take(':')) {
                seconds += sixtieths();
            }
        }
        return west ? -seconds : seconds;
    }

    private int sixtieths() {
        int value = digits(2, 2);
        if (value > 59) {
            throw bad();
        }
        return value;
    }

    void expect(char c) {
        if (!take(c)) {
            throw bad();
        }
    }

    /** What may follow is the era that {@link #date} has already looked at. */
    void end() {
        if (at != end && !(end - at == 3 && endsWith(" BC"))) {
            throw bad();
        }
    }

    private boolean take(char c) {
        if (at < end && source[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private int digits(int min, int max) {
        int value = 0;
        int start = at;
        while (at < end && at - start < max && Ascii.isDigit(source[at])) {
            value = value * 10 + (source[at++] - '0');
        }
        if (at - start < min) {
            throw bad();
        }
        return value;
    }

    private boolean endsWith(String tail) {
        return Ascii.equals(source, end - tail.length(), tail.length(), tail);
    }

    private DataException bad() {
        return codec.badText(source, begin, end - begin, " in DateStyle ISO");
    }
}
