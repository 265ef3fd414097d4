package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.benchmarks.compare.contestant.NewRows.NewRow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bind and Execute of one row for the table {@code target}, written by heart for the statement named {@code i}. */
final class InsertRequest {
    /** No row of this work needs more. */
    static final int MAX = 128;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long EPOCH_SECOND = 946_684_800L;
    private static final byte[] EXECUTE = {'E', 0, 0, 0, 9, 0, 0, 0, 0, 0};

    private InsertRequest() {}

    /** Writes the two messages, and tells where they end. */
    static int put(byte[] request, int from, NewRow row) {
        byte[] name = row.name().getBytes(StandardCharsets.UTF_8);
        request[from] = 'B';
        int at = from + 5;
        request[at] = 0;
        request[at + 1] = 'i';
        request[at + 2] = 0;
        SHORT.set(request, at + 3, (short) 1);
        SHORT.set(request, at + 5, (short) 1);
        SHORT.set(request, at + 7, (short) 4);
        Wire.INT.set(request, at + 9, 4);
        Wire.INT.set(request, at + 13, row.id());
        Wire.INT.set(request, at + 17, name.length);
        System.arraycopy(name, 0, request, at + 21, name.length);
        at += 21 + name.length;
        Wire.INT.set(request, at, 8);
        LONG.set(request, at + 4, Double.doubleToRawLongBits(row.value()));
        Wire.INT.set(request, at + 12, 8);
        long micros = (row.at().toEpochSecond() - EPOCH_SECOND) * 1_000_000L
                + row.at().getNano() / 1_000;
        LONG.set(request, at + 16, micros);
        SHORT.set(request, at + 24, (short) 0);
        at += 26;
        Wire.INT.set(request, from + 1, at - from - 1);
        System.arraycopy(EXECUTE, 0, request, at, EXECUTE.length);
        return at + EXECUTE.length;
    }
}
