package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * A statement is done.
 *
 * <pre>
 * Byte1  'C'
 * Int32  length
 * String tag, such as "INSERT 0 5" or "BEGIN"
 * </pre>
 */
public record CommandComplete(String tag) implements BackendMessage {
    public static final byte TAG = 'C';

    public static CommandComplete read(ByteBuf body) {
        Body in = Body.of("CommandComplete", body);
        CommandComplete message = new CommandComplete(in.cString("tag"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, Wire.cStringLength(tag));
        Wire.cString(out, tag);
    }

    /** How many rows were returned or changed: the last word of the tag; -1 when that is no number. */
    public long rows() {
        int start = tag.lastIndexOf(' ') + 1;
        // The old oid of "INSERT oid rows" is in front; a tag without a space, such as "BEGIN", counts nothing.
        if (start == 0 || start == tag.length()) {
            return -1;
        }
        long rows = 0;
        for (int i = start; i < tag.length(); i++) {
            int digit = tag.charAt(i) - '0';
            if (digit < 0 || digit > 9 || rows > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            rows = rows * 10 + digit;
        }
        return rows;
    }
}
