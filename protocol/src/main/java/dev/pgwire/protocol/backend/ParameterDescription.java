package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Excerpt;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The parameter types of a prepared statement. Oids are unsigned numbers of 32 bits carried in an {@code int}.
 *
 * <pre>
 * Byte1 't'
 * Int32 length
 * Int16 number of parameters (up to 65535), for each: Int32 type oid
 * </pre>
 */
public record ParameterDescription(int[] typeOids) implements BackendMessage {
    public static final byte TAG = 't';

    public static ParameterDescription read(ByteBuf body) {
        Body in = Body.of("ParameterDescription", body);
        ParameterDescription message = new ParameterDescription(in.oids("parameter type"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, Wire.listLength(typeOids.length, 4));
        Wire.oids(out, typeOids);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParameterDescription that && Arrays.equals(typeOids, that.typeOids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(typeOids);
    }

    @Override
    public String toString() {
        return "ParameterDescription" + Excerpt.ofOids(typeOids);
    }
}
