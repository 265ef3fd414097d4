package dev.pgwire.internal.codec.time;

import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Interval;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * interval: microseconds in eight bytes, days in four, months in four, read as an Interval. Text is read in all of the server's
 * IntervalStyles, and written in the style {@code postgres}. Source: PostgreSQL manual, 8.5 Date/Time Types.
 */
public final class IntervalCodec extends FieldCodec<Interval> {
    /** The codec of interval. */
    public static final IntervalCodec INSTANCE = new IntervalCodec();

    private IntervalCodec() {
        super("interval", Interval.class);
    }

    @Override
    public Interval decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 16);
        return new Interval(
                BigEndian.getInt(source, offset + 12),
                BigEndian.getInt(source, offset + 8),
                BigEndian.getLong(source, offset));
    }

    @Override
    public Interval decodeText(byte[] source, int offset, int length) {
        Interval value = IntervalStyles.read(new String(source, offset, length, StandardCharsets.ISO_8859_1));
        if (value == null) {
            throw badText(source, offset, length, " in an IntervalStyle of the server");
        }
        return value;
    }

    @Override
    public String format(Interval value) {
        return IntervalText.of(value);
    }

    @Override
    public boolean accepts(Object value) {
        return interval(value) != null;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Interval interval = interval(value);
        if (interval == null) {
            throw dateOutOfRange(value, expected());
        }
        out.writeLong(interval.microseconds());
        out.writeInt(interval.days());
        out.writeInt(interval.months());
    }

    @Override
    public String expected() {
        return "an Interval, a Period of at most 2147483647 months, or a Duration of at most 2^63 microseconds";
    }

    @Override
    protected @Nullable Object convertTo(Interval value, Class<?> target) {
        try {
            if (target == Duration.class) {
                return value.toDuration();
            }
            return target == Period.class ? value.toPeriod() : null;
        } catch (DateTimeException e) {
            throw DriverErrors.of(SqlState.DATETIME_FIELD_OVERFLOW, "the interval " + e.getMessage(), e);
        }
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return target == Duration.class || target == Period.class;
    }

    @Override
    protected String conversions() {
        return "Interval, Duration (without months), Period (without a time of day), String";
    }

    private static @Nullable Interval interval(Object value) {
        try {
            if (value instanceof Duration duration) {
                return Interval.from(duration);
            }
            if (value instanceof Period period) {
                return Interval.from(period);
            }
        } catch (ArithmeticException e) {
            // More than the server holds: the message of the refusal says how much that is.
            return null;
        }
        return value instanceof Interval interval ? interval : null;
    }
}
