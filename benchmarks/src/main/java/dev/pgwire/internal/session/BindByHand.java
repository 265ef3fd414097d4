package dev.pgwire.internal.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.jspecify.annotations.NullMarked;

/** Bind and Execute of the statement of {@link BindBenchmark}, with every length that is known written down as a constant. */
@NullMarked
final class BindByHand {
    private static final long EPOCH_SECOND = 946_684_800L;

    /** From the tag to the number of values: the unnamed portal, the statement, one format for all, which is binary. */
    private static final byte[] HEAD =
            ("B....\0" + BindBenchmark.NAME + "\0\0\1\0\1\0\4").getBytes(StandardCharsets.US_ASCII);

    /** No format of a column, then the Execute of the unnamed portal to its end. */
    private static final byte[] TAIL = {0, 0, 'E', 0, 0, 0, 9, 0, 0, 0, 0, 0};

    private BindByHand() {}

    static void encode(ByteBuf out, int id, String name, double value, OffsetDateTime at) {
        int length = ByteBufUtil.utf8Bytes(name);
        int start = out.writerIndex();
        out.ensureWritable(HEAD.length + 40 + length + TAIL.length);
        out.writeBytes(HEAD);
        out.writeInt(4).writeInt(id);
        out.writeInt(length);
        ByteBufUtil.reserveAndWriteUtf8(out, name, length);
        out.writeInt(8).writeDouble(value);
        out.writeInt(8).writeLong((at.toEpochSecond() - EPOCH_SECOND) * 1_000_000 + at.getNano() / 1_000);
        // No tag counts in its message's length, and of the tail only the first two bytes are of the Bind.
        out.setInt(start + 1, out.writerIndex() + 2 - start - 1);
        out.writeBytes(TAIL);
    }
}
