package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Format;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Data now flows both ways, which replication uses.
 *
 * <pre>
 * Byte1 'W'
 * Int32 length
 * Int8  format of the whole: 0 text, 1 binary
 * Int16 number of columns, for each: Int16 format code
 * </pre>
 */
public record CopyBothResponse(Format format, List<Format> columns) implements BackendMessage {
    public static final byte TAG = 'W';

    public CopyBothResponse {
        columns = List.copyOf(columns);
    }

    public static CopyBothResponse read(ByteBuf body) {
        CopyLayout layout = CopyLayout.read("CopyBothResponse", body);
        return new CopyBothResponse(layout.format(), layout.columns());
    }

    @Override
    public void encode(ByteBuf out) {
        CopyLayout.encode(out, TAG, format, columns);
    }
}
