package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Excerpt;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a statement.
 *
 * <pre>
 * Byte1  'P'
 * Int32  length
 * String name of the statement, String SQL
 * Int16  number of parameter types (up to 65535), for each: Int32 oid or 0 to let the server infer it
 * </pre>
 *
 * @param name empty for the unnamed statement
 */
public record Parse(String name, String sql, int[] parameterTypeOids) implements FrontendMessage {
    public static final byte TAG = 'P';

    public static Parse read(ByteBuf body) {
        Body in = Body.of("Parse", body);
        Parse message = new Parse(in.cString("name"), in.cString("SQL"), in.oids("parameter type"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        long types = Wire.listLength(parameterTypeOids.length, 4);
        Wire.header(out, TAG, Wire.cStringLength(name) + Wire.cStringLength(sql) + types);
        Wire.cString(out, name);
        Wire.cString(out, sql);
        Wire.oids(out, parameterTypeOids);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parse that
                && name.equals(that.name)
                && sql.equals(that.sql)
                && Arrays.equals(parameterTypeOids, that.parameterTypeOids);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + sql.hashCode()) + Arrays.hashCode(parameterTypeOids);
    }

    @Override
    public String toString() {
        return "Parse[name=" + name + ", sql=" + Excerpt.of(sql) + ", parameterTypeOids="
                + Excerpt.ofOids(parameterTypeOids) + "]";
    }
}
