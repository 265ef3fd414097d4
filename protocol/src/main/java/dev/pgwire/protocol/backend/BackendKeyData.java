package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.CancelKey;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a cancel request must know of this session.
 *
 * <pre>
 * Byte1 'K'
 * Int32 length
 * Int32 process id
 * Byten secret key: 4 bytes in protocol 3.0, 4 to 256 in 3.2
 * </pre>
 */
public record BackendKeyData(int processId, byte[] secretKey) implements BackendMessage {
    public static final byte TAG = 'K';

    public BackendKeyData {
        CancelKey.check(secretKey);
    }

    public static BackendKeyData read(ByteBuf body) {
        Body in = Body.of("BackendKeyData", body);
        return new BackendKeyData(in.int32("process id"), CancelKey.read(in));
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, 4 + secretKey.length);
        out.writeInt(processId).writeBytes(secretKey);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BackendKeyData that
                && processId == that.processId
                && Arrays.equals(secretKey, that.secretKey);
    }

    @Override
    public int hashCode() {
        return 31 * processId + Arrays.hashCode(secretKey);
    }

    /** Without the key, which is enough to cancel. */
    @Override
    public String toString() {
        return "BackendKeyData[processId=" + processId + "]";
    }
}
