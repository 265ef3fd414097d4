package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Format;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The server waits for data to copy into a table.
 *
 * <pre>
 * Byte1 'G'
 * Int32 length
 * Int8  format of the whole: 0 text, 1 binary
 * Int16 number of columns, for each: Int16 format code
 * </pre>
 */
public record CopyInResponse(Format format, List<Format> columns) implements BackendMessage {
    public static final byte TAG = 'G';

    public CopyInResponse {
        columns = List.copyOf(columns);
    }

    public static CopyInResponse read(ByteBuf body) {
        CopyLayout layout = CopyLayout.read("CopyInResponse", body);
        return new CopyInResponse(layout.format(), layout.columns());
    }

    @Override
    public void encode(ByteBuf out) {
        CopyLayout.encode(out, TAG, format, columns);
    }
}
