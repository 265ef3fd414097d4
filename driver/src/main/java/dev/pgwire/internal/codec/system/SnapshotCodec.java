package dev.pgwire.internal.codec.system;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * pg_snapshot, and txid_snapshot as it was called before: the number of running transactions in four bytes, xmin, xmax and each of
 * the running ones in eight; read as a Snapshot. Numbers from 2^63 on, which no transaction of a server has yet, only {@link
 * #textOf} gives. Source: PostgreSQL manual, 9.27.5 Transaction ID and Snapshot Information Functions.
 */
public final class SnapshotCodec extends FieldCodec<Snapshot> {
    /** The codec of pg_snapshot. */
    public static final SnapshotCodec SNAPSHOT = new SnapshotCodec("pg_snapshot");

    /** The codec of txid_snapshot. */
    public static final SnapshotCodec TXID_SNAPSHOT = new SnapshotCodec("txid_snapshot");

    private static final int HEADER = 20;

    private SnapshotCodec(String name) {
        super(name, Snapshot.class);
    }

    @Override
    public Snapshot decodeBinary(byte[] source, int offset, int length) {
        int count = count(source, offset, length);
        List<Long> running = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            running.add(BigEndian.getLong(source, offset + HEADER + 8 * i));
        }
        try {
            return new Snapshot(BigEndian.getLong(source, offset + 4), BigEndian.getLong(source, offset + 12), running);
        } catch (IllegalArgumentException e) {
            throw badBinary(String.valueOf(e.getMessage()));
        }
    }

    private int count(byte[] source, int offset, int length) {
        int count = length < HEADER ? -1 : BigEndian.getInt(source, offset);
        if (count < 0 || length - HEADER != 8L * count) {
            throw badBinary(length + " bytes, expected " + HEADER + " and eight for each running transaction");
        }
        return count;
    }

    @Override
    public Snapshot decodeText(byte[] source, int offset, int length) {
        int end = offset + length;
        int first = next(source, offset, end, ':');
        int second = next(source, Math.min(first + 1, end), end, ':');
        if (second == end) {
            throw badText(source, offset, length);
        }
        List<Long> running = new ArrayList<>();
        for (int at = second + 1; second + 1 < end && at <= end; ) {
            int comma = next(source, at, end, ',');
            running.add(number(source, at, comma));
            at = comma + 1;
        }
        try {
            return new Snapshot(number(source, offset, first), number(source, first + 1, second), running);
        } catch (IllegalArgumentException e) {
            // The text itself says what is wrong.
            throw badText(source, offset, length);
        }
    }

    private static int next(byte[] source, int from, int end, char wanted) {
        int at = from;
        while (at < end && source[at] != wanted) {
            at++;
        }
        return at;
    }

    private long number(byte[] source, int from, int end) {
        return Ascii.wholeNumber(this, source, from, end - from, 1, Long.MAX_VALUE);
    }

    @Override
    public String format(Snapshot value) {
        return value.toString();
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        if (format == Format.TEXT) {
            return Utf8.decode(source, offset, length);
        }
        int count = count(source, offset, length);
        StringBuilder out = new StringBuilder();
        out.append(unsigned(source, offset + 4))
                .append(':')
                .append(unsigned(source, offset + 12))
                .append(':');
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",").append(unsigned(source, offset + HEADER + 8 * i));
        }
        return out.toString();
    }

    private static String unsigned(byte[] source, int offset) {
        return Long.toUnsignedString(BigEndian.getLong(source, offset));
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Snapshot;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Snapshot snapshot = (Snapshot) value;
        out.writeInt(snapshot.running().size());
        out.writeLong(snapshot.xmin());
        out.writeLong(snapshot.xmax());
        for (long xid : snapshot.running()) {
            out.writeLong(xid);
        }
    }

    @Override
    public String expected() {
        return "a Snapshot";
    }
}
