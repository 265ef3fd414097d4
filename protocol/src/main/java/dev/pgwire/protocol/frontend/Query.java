package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Excerpt;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * Runs one or more statements without parameters: the simple query protocol.
 *
 * <pre>
 * Byte1  'Q'
 * Int32  length
 * String SQL
 * </pre>
 */
public record Query(String sql) implements FrontendMessage {
    public static final byte TAG = 'Q';

    public static Query read(ByteBuf body) {
        Body in = Body.of("Query", body);
        Query message = new Query(in.cString("SQL"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, Wire.cStringLength(sql));
        Wire.cString(out, sql);
    }

    @Override
    public String toString() {
        return "Query[sql=" + Excerpt.of(sql) + "]";
    }
}
