package dev.pgwire.internal.codec.time;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * timestamp with time zone: microseconds since 2000-01-01 UTC in eight bytes, read as an OffsetDateTime at UTC; the
 * server stores an instant and no zone. From 4714-11-24 BC to the end of 294276; infinity and -infinity are
 * OffsetDateTime.MAX and MIN (Instant.MAX and MIN). Nanoseconds are rounded to the nearest microsecond. Source:
 * PostgreSQL manual, 8.5 Date/Time Types.
 */
public final class TimestamptzCodec extends FieldCodec<OffsetDateTime> {
    /** The codec of timestamptz. */
    public static final TimestamptzCodec INSTANCE = new TimestamptzCodec();

    private TimestamptzCodec() {
        super("timestamptz", OffsetDateTime.class);
    }

    @Override
    public OffsetDateTime decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 8);
        long micros = BigEndian.getLong(source, offset);
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? OffsetDateTime.MAX : OffsetDateTime.MIN;
        }
        if (!PostgresTime.isTimestamp(micros)) {
            throw badBinary(micros + " microseconds, beyond what the server stores");
        }
        return PostgresTime.timestamp(micros).atOffset(ZoneOffset.UTC);
    }

    @Override
    public OffsetDateTime decodeText(byte[] source, int offset, int length) {
        if (Ascii.equals(source, offset, length, "infinity")) {
            return OffsetDateTime.MAX;
        }
        if (Ascii.equals(source, offset, length, "-infinity")) {
            return OffsetDateTime.MIN;
        }
        DateTimeScanner scanner = new DateTimeScanner(this, source, offset, length);
        long day = PostgresTime.day(scanner.date());
        scanner.expect(' ');
        long micros = scanner.micros() - scanner.offset() * PostgresTime.MICROS_OF_SECOND;
        scanner.end();
        if (!PostgresTime.isTimestamp(day, micros)) {
            throw badText(source, offset, length);
        }
        return PostgresTime.timestamp(day * PostgresTime.MICROS_OF_DAY + micros).atOffset(ZoneOffset.UTC);
    }

    /** Both formats at UTC: in text the value comes in the session's zone. */
    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        return format(
                format == Format.BINARY ? decodeBinary(source, offset, length) : decodeText(source, offset, length));
    }

    @Override
    public String format(OffsetDateTime value) {
        if (value.equals(OffsetDateTime.MAX) || value.equals(OffsetDateTime.MIN)) {
            return value.equals(OffsetDateTime.MAX) ? "infinity" : "-infinity";
        }
        long micros = micros(value);
        if (micros == Long.MAX_VALUE) {
            throw dateOutOfRange(value, expected());
        }
        return PostgresTime.text(PostgresTime.timestamp(micros), "+00");
    }

    @Override
    public boolean accepts(Object value) {
        return micros(value) != Long.MAX_VALUE || isMaximum(value);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeLong(micros(value));
    }

    @Override
    public void encodeText(Object value, FieldBuffer out) {
        long micros = micros(value);
        if (!PostgresTime.writeTimestamp(micros, "+00", out)) {
            super.encodeText(value, out);
        }
    }

    @Override
    public String expected() {
        return "an OffsetDateTime, Instant or ZonedDateTime from 4714-11-24 BC to the end of 294276,"
                + " or OffsetDateTime.MAX and MIN for infinity";
    }

    @Override
    protected @Nullable Object convertTo(OffsetDateTime value, Class<?> target) {
        if (target == Instant.class) {
            if (value.equals(OffsetDateTime.MAX) || value.equals(OffsetDateTime.MIN)) {
                return value.equals(OffsetDateTime.MAX) ? Instant.MAX : Instant.MIN;
            }
            return value.toInstant();
        }
        return target == ZonedDateTime.class ? value.toZonedDateTime() : null;
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return target == Instant.class || target == ZonedDateTime.class;
    }

    @Override
    protected String conversions() {
        return "OffsetDateTime, Instant, ZonedDateTime, String";
    }

    /** What goes over the wire; {@code Long.MAX_VALUE}, which is infinity there, also for what cannot be written. */
    private static long micros(Object value) {
        if (value instanceof Instant instant) {
            return instant.equals(Instant.MIN) ? Long.MIN_VALUE : micros(instant);
        }
        if (value instanceof ZonedDateTime zoned) {
            return micros(zoned.toOffsetDateTime());
        }
        if (value instanceof OffsetDateTime timestamp) {
            return timestamp.equals(OffsetDateTime.MIN) ? Long.MIN_VALUE : micros(timestamp.toInstant());
        }
        return Long.MAX_VALUE;
    }

    private static long micros(Instant instant) {
        // LocalDateTime reaches not quite as far as Instant.
        long second = instant.getEpochSecond();
        return Math.abs(second) > 20_000_000_000_000L
                ? Long.MAX_VALUE
                : PostgresTime.micros(LocalDateTime.ofEpochSecond(second, instant.getNano(), ZoneOffset.UTC));
    }

    private static boolean isMaximum(Object value) {
        Object maximum = value instanceof ZonedDateTime zoned ? zoned.toOffsetDateTime() : value;
        return maximum.equals(OffsetDateTime.MAX) || maximum.equals(Instant.MAX);
    }
}
