package dev.pgwire.benchmarks.compare.contestant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of {@code wide} decoded from a DataRow by heart: no loop over columns, no types, no checks. */
final class WideRow {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = Wire.INT;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long EPOCH_SECOND = 946_684_800L;
    private static final long EPOCH_DAY = 10_957L;
    /** Tag, length, number of columns. */
    private static final int HEADER = 7;

    private WideRow() {}

    static void decode(byte[] bytes, int frame, WideValues into) {
        int at = frame + HEADER;
        int i4 = (int) INT.get(bytes, at + 4);
        long i8 = (long) LONG.get(bytes, at + 12);
        double f8 = Double.longBitsToDouble((long) LONG.get(bytes, at + 24));
        at += 32;
        BigDecimal n = numeric(bytes, at + 4);
        at += 4 + (int) INT.get(bytes, at);
        int length = (int) INT.get(bytes, at);
        String t = new String(bytes, at + 4, length, StandardCharsets.UTF_8);
        at += 4 + length;
        boolean b = bytes[at + 4] != 0;
        OffsetDateTime tz = timestamp((long) LONG.get(bytes, at + 9));
        LocalDate d = LocalDate.ofEpochDay(EPOCH_DAY + (int) INT.get(bytes, at + 21));
        UUID u = new UUID((long) LONG.get(bytes, at + 29), (long) LONG.get(bytes, at + 37));
        at += 45;
        length = (int) INT.get(bytes, at);
        @Nullable String h = length < 0 ? null : new String(bytes, at + 4, length, StandardCharsets.UTF_8);
        into.add(i4, i8, f8, n, t, b, tz, d, u, h);
    }

    private static OffsetDateTime timestamp(long micros) {
        long second = Math.floorDiv(micros, 1_000_000L);
        int nano = (int) Math.floorMod(micros, 1_000_000L) * 1_000;
        return OffsetDateTime.of(
                LocalDateTime.ofEpochSecond(EPOCH_SECOND + second, nano, ZoneOffset.UTC), ZoneOffset.UTC);
    }

    /** A numeric(12,2): at most four digits of base 10000, of which the last is behind the point. */
    private static BigDecimal numeric(byte[] bytes, int at) {
        int digits = (short) SHORT.get(bytes, at);
        int weight = (short) SHORT.get(bytes, at + 2);
        boolean negative = (short) SHORT.get(bytes, at + 4) != 0;
        int scale = (short) SHORT.get(bytes, at + 6);
        long value = 0;
        for (int i = 0; i <= weight + 1; i++) {
            value = value * 10_000 + (i < digits ? (short) SHORT.get(bytes, at + 8 + 2 * i) : 0);
        }
        value /= 100;
        return BigDecimal.valueOf(negative ? -value : value, scale);
    }
}
