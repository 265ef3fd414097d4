package dev.pgwire.internal.copy;

// HOT: what a raw COPY costs an asynchronous connection

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.CopyData;

/** All pieces of a run as one value, in an array of its own. */
record RawChunks(RowPlan plan) implements CopiedRows {
    @Override
    public int take(byte[] bytes, int from, int to, RowPageWriter pages, Result result) {
        int at = from;
        int size = 0;
        while (to - at >= Wire.HEADER && bytes[at] == CopyData.TAG) {
            int length = BigEndian.getInt(bytes, at + 1);
            if (length > to - at - 1) {
                break;
            }
            if (length < Wire.LENGTH) {
                throw new ProtocolViolation(
                        "CopyData claims a length of " + length + ", expected at least " + Wire.LENGTH);
            }
            size += length - Wire.LENGTH;
            at += 1 + length;
        }
        if (size > 0) {
            byte[] field = new byte[Wire.LENGTH + size];
            BigEndian.putInt(field, 0, size);
            int end = Wire.LENGTH;
            for (int piece = from; piece < at; ) {
                int length = BigEndian.getInt(bytes, piece + 1) - Wire.LENGTH;
                System.arraycopy(bytes, piece + Wire.HEADER, field, end, length);
                end += length;
                piece += Wire.HEADER + length;
            }
            result.add(RowPage.of(field, at - from));
        }
        return at;
    }
}
