package dev.pgwire.benchmarks;

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

/**
 * The ten columns of {@link WideRows} decoded in one loop that knows them by heart: no driver for any result can be faster,
 * and every one should be near.
 */
final class ByHand {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long EPOCH_SECOND = 946_684_800L;
    private static final long EPOCH_DAY = 10_957L;

    private ByHand() {}

    /** Decodes every value of every row, and passes it on. */
    static void decode(byte[] rows, int from, int to, Values values) {
        int at = from;
        while (at < to) {
            int next = at + 1 + (int) INT.get(rows, at + 1);
            at += 7;
            values.take((int) INT.get(rows, at + 4));
            at += 8;
            values.take((long) LONG.get(rows, at + 4));
            at += 12;
            values.take(Double.longBitsToDouble((long) LONG.get(rows, at + 4)));
            at += 12;
            values.take(numeric(rows, at + 4));
            at += 4 + (int) INT.get(rows, at);
            int length = (int) INT.get(rows, at);
            values.take(new String(rows, at + 4, length, StandardCharsets.UTF_8));
            at += 4 + length;
            values.take(rows[at + 4] != 0);
            at += 5;
            values.take(timestamp((long) LONG.get(rows, at + 4)));
            at += 12;
            values.take(LocalDate.ofEpochDay(EPOCH_DAY + (int) INT.get(rows, at + 4)));
            at += 8;
            values.take(new UUID((long) LONG.get(rows, at + 4), (long) LONG.get(rows, at + 12)));
            at += 20;
            length = (int) INT.get(rows, at);
            values.take(length < 0 ? null : new String(rows, at + 4, length, StandardCharsets.UTF_8));
            at = next;
        }
    }

    private static OffsetDateTime timestamp(long micros) {
        long second = Math.floorDiv(micros, 1_000_000L);
        int nano = (int) Math.floorMod(micros, 1_000_000L) * 1_000;
        return OffsetDateTime.of(
                LocalDateTime.ofEpochSecond(EPOCH_SECOND + second, nano, ZoneOffset.UTC), ZoneOffset.UTC);
    }

    /** A numeric(12,2): at most four digits of base 10000, of which the last is behind the point. */
    private static BigDecimal numeric(byte[] rows, int at) {
        int digits = (short) SHORT.get(rows, at);
        int weight = (short) SHORT.get(rows, at + 2);
        boolean negative = (short) SHORT.get(rows, at + 4) != 0;
        int scale = (short) SHORT.get(rows, at + 6);
        long value = 0;
        for (int i = 0; i <= weight + 1; i++) {
            value = value * 10_000 + (i < digits ? (short) SHORT.get(rows, at + 8 + 2 * i) : 0);
        }
        value /= 100;
        return BigDecimal.valueOf(negative ? -value : value, scale);
    }
}
