package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * A warning or a remark, which may come at any time.
 *
 * <pre>
 * Byte1 'N'
 * Int32 length
 * { Byte1 field code, String value }...
 * Byte1 0
 * </pre>
 */
public record NoticeResponse(Diagnostic diagnostic) implements BackendMessage {
    public static final byte TAG = 'N';

    public static NoticeResponse read(ByteBuf body) {
        return new NoticeResponse(Diagnostic.read(Body.of("NoticeResponse", body)));
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, diagnostic.encodedLength());
        diagnostic.encode(out);
    }
}
