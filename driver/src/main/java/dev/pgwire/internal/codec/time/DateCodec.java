package dev.pgwire.internal.codec.time;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import java.time.LocalDate;

/**
 * date: days since 2000-01-01 in four bytes, read as a LocalDate; from 4714-11-24 BC to 5874897-12-31. The server's
 * infinity and -infinity are LocalDate.MAX and LocalDate.MIN; years before Christ are those of java.time (1 BC is the
 * year 0). Source: PostgreSQL manual, 8.5 Date/Time Types.
 */
public final class DateCodec extends FieldCodec<LocalDate> {
    /** The codec of date. */
    public static final DateCodec INSTANCE = new DateCodec();

    private DateCodec() {
        super("date", LocalDate.class);
    }

    @Override
    public LocalDate decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 4);
        int day = BigEndian.getInt(source, offset);
        if (day == Integer.MAX_VALUE || day == Integer.MIN_VALUE) {
            return day > 0 ? LocalDate.MAX : LocalDate.MIN;
        }
        if (!PostgresTime.isDay(day)) {
            throw badBinary("day " + day + ", expected -2451545 to 2145031948 or an infinity");
        }
        return PostgresTime.date(day);
    }

    @Override
    public LocalDate decodeText(byte[] source, int offset, int length) {
        if (Ascii.equals(source, offset, length, "infinity")) {
            return LocalDate.MAX;
        }
        if (Ascii.equals(source, offset, length, "-infinity")) {
            return LocalDate.MIN;
        }
        DateTimeScanner scanner = new DateTimeScanner(this, source, offset, length);
        LocalDate date = scanner.date();
        scanner.end();
        if (!PostgresTime.isDay(PostgresTime.day(date))) {
            throw badText(source, offset, length);
        }
        return date;
    }

    @Override
    public String format(LocalDate value) {
        if (value.equals(LocalDate.MAX) || value.equals(LocalDate.MIN)) {
            return value.equals(LocalDate.MAX) ? "infinity" : "-infinity";
        }
        if (!accepts(value)) {
            throw dateOutOfRange(value, expected());
        }
        StringBuilder out = new StringBuilder(16);
        PostgresTime.appendDate(out, value);
        PostgresTime.appendEra(out, value);
        return out.toString();
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof LocalDate date
                && (PostgresTime.isDay(PostgresTime.day(date))
                        || date.equals(LocalDate.MAX)
                        || date.equals(LocalDate.MIN));
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        LocalDate date = (LocalDate) value;
        if (date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN)) {
            out.writeInt(date.equals(LocalDate.MAX) ? Integer.MAX_VALUE : Integer.MIN_VALUE);
        } else {
            out.writeInt((int) PostgresTime.day(date));
        }
    }

    @Override
    public String expected() {
        return "a LocalDate from 4714-11-24 BC to 5874897-12-31, or LocalDate.MAX and MIN for infinity";
    }
}
