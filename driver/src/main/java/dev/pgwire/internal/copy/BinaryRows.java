package dev.pgwire.internal.copy;

// HOT: rows of a COPY in binary

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.copy.form.RowEncoder;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.CopyData;
import java.util.Arrays;

/**
 * Rows in binary, which are made as DataRows are, and so stay where they were received. Before the first one stands a header, in the
 * same piece or one of its own, and behind the last one a trailer.
 */
final class BinaryRows implements CopiedRows {
    private static final int FIXED_HEADER = 19;
    /** The flags that change what follows. */
    private static final int CRITICAL = 0xFFFF0000;

    private static final short TRAILER = -1;

    private final RowPlan plan;
    private boolean begun;
    private boolean ended;

    BinaryRows(RowPlan plan) {
        this.plan = plan;
    }

    @Override
    public RowPlan plan() {
        return plan;
    }

    @Override
    public int take(byte[] bytes, int from, int to, RowPageWriter pages, Result result) {
        int at = from;
        if (!begun && isWhole(bytes, at, to)) {
            at = skipHeader(bytes, at);
            begun = true;
        }
        int end = at;
        int trailer = 0;
        while (isWhole(bytes, end, to)) {
            if (ended) {
                throw new ProtocolViolation("CopyData came behind the trailer of a COPY in binary");
            }
            int length = BigEndian.getInt(bytes, end + 1);
            if (length == Wire.LENGTH + 2 && BigEndian.getShort(bytes, end + Wire.HEADER) == TRAILER) {
                ended = true;
                trailer = 1 + length;
            } else {
                end += 1 + Math.max(Wire.LENGTH, length);
            }
            if (trailer > 0) {
                break;
            }
        }
        if (end > at) {
            pages.appendCopied(bytes, at, end, result);
        }
        return end + trailer;
    }

    private static boolean isWhole(byte[] bytes, int at, int to) {
        return to - at >= Wire.HEADER && bytes[at] == CopyData.TAG && BigEndian.getInt(bytes, at + 1) < to - at;
    }

    /** Makes a piece of what follows the header in its piece; returns where that begins. */
    private static int skipHeader(byte[] bytes, int at) {
        int length = BigEndian.getInt(bytes, at + 1);
        int body = at + Wire.HEADER;
        int left = length - Wire.LENGTH - FIXED_HEADER;
        byte[] signature = RowEncoder.signature();
        if (left < 0 || !Arrays.equals(bytes, body, body + 11, signature, 0, 11)) {
            throw new ProtocolViolation("a COPY in binary does not begin with its signature, expected PGCOPY");
        }
        int flags = BigEndian.getInt(bytes, body + 11);
        int extension = BigEndian.getInt(bytes, body + 15);
        if ((flags & CRITICAL) != 0 || extension < 0 || extension > left) {
            throw new ProtocolViolation(
                    "a COPY in binary has flags " + Integer.toHexString(flags) + " and an extension of " + extension
                            + " bytes, expected no critical flags, and at most " + left + " bytes");
        }
        if (extension == left) {
            return at + 1 + length;
        }
        int moved = FIXED_HEADER + extension;
        bytes[at + moved] = CopyData.TAG;
        BigEndian.putInt(bytes, at + moved + 1, length - moved);
        return at + moved;
    }
}
