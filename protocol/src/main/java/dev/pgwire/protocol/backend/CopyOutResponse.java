package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Format;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Data copied out of a table or a query follows.
 *
 * <pre>
 * Byte1 'H'
 * Int32 length
 * Int8  format of the whole: 0 text, 1 binary
 * Int16 number of columns, for each: Int16 format code
 * </pre>
 */
public record CopyOutResponse(Format format, List<Format> columns) implements BackendMessage {
    public static final byte TAG = 'H';

    public CopyOutResponse {
        columns = List.copyOf(columns);
    }

    public static CopyOutResponse read(ByteBuf body) {
        CopyLayout layout = CopyLayout.read("CopyOutResponse", body);
        return new CopyOutResponse(layout.format(), layout.columns());
    }

    @Override
    public void encode(ByteBuf out) {
        CopyLayout.encode(out, TAG, format, columns);
    }
}
