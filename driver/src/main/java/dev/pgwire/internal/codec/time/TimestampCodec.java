package dev.pgwire.internal.codec.time;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import java.time.LocalDateTime;

/**
 * timestamp without time zone: microseconds since 2000-01-01 in eight bytes, read as a LocalDateTime; from 4714-11-24
 * BC to the end of 294276. The server's infinity and -infinity are LocalDateTime.MAX and MIN; years before Christ are
 * those of java.time (1 BC is the year 0). Nanoseconds are rounded to the nearest microsecond. Source: PostgreSQL
 * manual, 8.5 Date/Time Types.
 */
public final class TimestampCodec extends FieldCodec<LocalDateTime> {
    /** The codec of timestamp. */
    public static final TimestampCodec INSTANCE = new TimestampCodec();

    private TimestampCodec() {
        super("timestamp", LocalDateTime.class);
    }

    @Override
    public LocalDateTime decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 8);
        long micros = BigEndian.getLong(source, offset);
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? LocalDateTime.MAX : LocalDateTime.MIN;
        }
        if (!PostgresTime.isTimestamp(micros)) {
            throw badBinary(micros + " microseconds, beyond what the server stores");
        }
        return PostgresTime.timestamp(micros);
    }

    @Override
    public LocalDateTime decodeText(byte[] source, int offset, int length) {
        if (Ascii.equals(source, offset, length, "infinity")) {
            return LocalDateTime.MAX;
        }
        if (Ascii.equals(source, offset, length, "-infinity")) {
            return LocalDateTime.MIN;
        }
        DateTimeScanner scanner = new DateTimeScanner(this, source, offset, length);
        long day = PostgresTime.day(scanner.date());
        scanner.expect(' ');
        long micros = scanner.micros();
        scanner.end();
        if (!PostgresTime.isTimestamp(day, micros)) {
            throw badText(source, offset, length);
        }
        return PostgresTime.timestamp(day * PostgresTime.MICROS_OF_DAY + micros);
    }

    @Override
    public String format(LocalDateTime value) {
        if (isInfinite(value)) {
            return value.equals(LocalDateTime.MAX) ? "infinity" : "-infinity";
        }
        if (!accepts(value)) {
            throw dateOutOfRange(value, expected());
        }
        return PostgresTime.text(PostgresTime.timestamp(PostgresTime.micros(value)), "");
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof LocalDateTime timestamp
                && (PostgresTime.micros(timestamp) != Long.MAX_VALUE || isInfinite(timestamp));
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        LocalDateTime timestamp = (LocalDateTime) value;
        if (timestamp.equals(LocalDateTime.MIN)) {
            out.writeLong(Long.MIN_VALUE);
        } else {
            out.writeLong(PostgresTime.micros(timestamp));
        }
    }

    @Override
    public void encodeText(Object value, FieldBuffer out) {
        if (!PostgresTime.writeTimestamp(PostgresTime.micros((LocalDateTime) value), "", out)) {
            super.encodeText(value, out);
        }
    }

    @Override
    public String expected() {
        return "a LocalDateTime from 4714-11-24 BC to the end of 294276, or LocalDateTime.MAX and MIN for infinity";
    }

    private static boolean isInfinite(LocalDateTime value) {
        return value.equals(LocalDateTime.MAX) || value.equals(LocalDateTime.MIN);
    }
}
