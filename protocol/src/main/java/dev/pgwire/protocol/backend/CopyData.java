package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Excerpt;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a copy: always one whole row when it comes from COPY TO.
 *
 * <pre>
 * Byte1 'd'
 * Int32 length
 * Byten data
 * </pre>
 */
public record CopyData(byte[] data) implements BackendMessage {
    public static final byte TAG = 'd';

    public static CopyData read(ByteBuf body) {
        return new CopyData(Body.of("CopyData", body).rest());
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, data.length);
        out.writeBytes(data);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CopyData that && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "CopyData[" + Excerpt.of(data) + "]";
    }
}
