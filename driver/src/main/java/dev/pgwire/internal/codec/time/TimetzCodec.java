package dev.pgwire.internal.codec.time;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.time.OffsetTime;
import java.time.ZoneOffset;

/**
 * time with time zone: microseconds since midnight in eight bytes, then the seconds that the clock is behind Greenwich in four,
 * read as an OffsetTime. The server has offsets up to 15:59:59. Its 24:00:00 is no OffsetTime: only {@link #textOf} gives it.
 * Nanoseconds are rounded to the nearest microsecond, but never to 24:00:00. Source: PostgreSQL manual, 8.5 Date/Time Types.
 */
public final class TimetzCodec extends FieldCodec<OffsetTime> {
    /** The codec of timetz. */
    public static final TimetzCodec INSTANCE = new TimetzCodec();

    private static final int LENGTH = 12;
    private static final int MOST_SECONDS = 16 * 3600 - 1;

    private TimetzCodec() {
        super("timetz", OffsetTime.class);
    }

    @Override
    public OffsetTime decodeBinary(byte[] source, int offset, int length) {
        long micros = binaryMicros(source, offset, length);
        return time(micros, binaryOffset(source, offset));
    }

    @Override
    public OffsetTime decodeText(byte[] source, int offset, int length) {
        DateTimeScanner scanner = new DateTimeScanner(this, source, offset, length);
        long micros = scanner.micros();
        int seconds = scanner.offset();
        scanner.end();
        if (Math.abs(seconds) > MOST_SECONDS) {
            throw badText(source, offset, length);
        }
        return time(micros, seconds);
    }

    private long binaryMicros(byte[] source, int offset, int length) {
        checkLength(length, LENGTH);
        return TimeCodec.micros(this, source, offset);
    }

    private int binaryOffset(byte[] source, int offset) {
        int west = BigEndian.getInt(source, offset + 8);
        if (west > MOST_SECONDS || west < -MOST_SECONDS) {
            throw badBinary(west + " seconds west of Greenwich, expected -57599 to 57599");
        }
        return -west;
    }

    private OffsetTime time(long micros, int seconds) {
        if (micros == PostgresTime.MICROS_OF_DAY) {
            throw TimeCodec.endOfDay("OffsetTime");
        }
        return PostgresTime.time(micros).atOffset(ZoneOffset.ofTotalSeconds(seconds));
    }

    @Override
    public String format(OffsetTime value) {
        if (!accepts(value)) {
            throw dateOutOfRange(value, expected());
        }
        return text(TimeCodec.micros(value.toLocalTime()), value.getOffset().getTotalSeconds());
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        if (format == Format.TEXT) {
            return Utf8.decode(source, offset, length);
        }
        long micros = binaryMicros(source, offset, length);
        return text(micros, binaryOffset(source, offset));
    }

    private static String text(long micros, int seconds) {
        StringBuilder out = new StringBuilder(24);
        PostgresTime.appendTime(out, micros);
        PostgresTime.appendOffset(out, seconds);
        return out.toString();
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof OffsetTime time && Math.abs(time.getOffset().getTotalSeconds()) <= MOST_SECONDS;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        OffsetTime time = (OffsetTime) value;
        out.writeLong(TimeCodec.micros(time.toLocalTime()));
        out.writeInt(-time.getOffset().getTotalSeconds());
    }

    @Override
    public String expected() {
        return "an OffsetTime less than 16 hours from Greenwich";
    }
}
