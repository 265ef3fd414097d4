package dev.pgwire.internal.codec.time;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.time.LocalTime;

/**
 * time: microseconds since midnight in eight bytes, read as a LocalTime. The server's 24:00:00 is no LocalTime: only
 * {@link #textOf} gives it. Nanoseconds are rounded to the nearest microsecond, but never to 24:00:00. Source:
 * PostgreSQL manual, 8.5 Date/Time Types.
 */
public final class TimeCodec extends FieldCodec<LocalTime> {
    /** The codec of time. */
    public static final TimeCodec INSTANCE = new TimeCodec();

    private TimeCodec() {
        super("time", LocalTime.class);
    }

    @Override
    public LocalTime decodeBinary(byte[] source, int offset, int length) {
        return time(binaryMicros(source, offset, length));
    }

    @Override
    public LocalTime decodeText(byte[] source, int offset, int length) {
        DateTimeScanner scanner = new DateTimeScanner(this, source, offset, length);
        long micros = scanner.micros();
        scanner.end();
        return time(micros);
    }

    private long binaryMicros(byte[] source, int offset, int length) {
        checkLength(length, 8);
        return micros(this, source, offset);
    }

    /** Microseconds of the day in binary, for the codec in whose name it fails. */
    static long micros(FieldCodec<?> codec, byte[] source, int offset) {
        long micros = BigEndian.getLong(source, offset);
        if (micros < 0 || micros > PostgresTime.MICROS_OF_DAY) {
            throw codec.badBinary(micros + " microseconds, expected 0 to 86400000000");
        }
        return micros;
    }

    private static LocalTime time(long micros) {
        if (micros == PostgresTime.MICROS_OF_DAY) {
            throw endOfDay("LocalTime");
        }
        return PostgresTime.time(micros);
    }

    static DatabaseException endOfDay(String javaType) {
        return DriverErrors.of(
                SqlState.DATETIME_FIELD_OVERFLOW,
                "the time is 24:00:00, which no " + javaType + " is; use getString",
                null);
    }

    @Override
    public String format(LocalTime value) {
        return text(micros(value));
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        return format == Format.TEXT ? Utf8.decode(source, offset, length) : text(binaryMicros(source, offset, length));
    }

    private static String text(long micros) {
        StringBuilder out = new StringBuilder(16);
        PostgresTime.appendTime(out, micros);
        return out.toString();
    }

    static long micros(LocalTime time) {
        return Math.min(PostgresTime.micros(time), PostgresTime.MICROS_OF_DAY - 1);
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof LocalTime;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeLong(micros((LocalTime) value));
    }

    @Override
    public String expected() {
        return "a LocalTime";
    }
}
