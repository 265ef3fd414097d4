package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * A request failed; the server now ignores everything up to the next Sync.
 *
 * <pre>
 * Byte1 'E'
 * Int32 length
 * { Byte1 field code, String value }...
 * Byte1 0
 * </pre>
 */
public record ErrorResponse(Diagnostic diagnostic) implements BackendMessage {
    public static final byte TAG = 'E';

    public static ErrorResponse read(ByteBuf body) {
        return new ErrorResponse(Diagnostic.read(Body.of("ErrorResponse", body)));
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, diagnostic.encodedLength());
        diagnostic.encode(out);
    }
}
