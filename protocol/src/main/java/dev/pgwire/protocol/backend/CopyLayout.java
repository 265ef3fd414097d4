package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** The body that the three messages share which start a copy. */
record CopyLayout(Format format, List<Format> columns) {
    static CopyLayout read(String message, ByteBuf body) {
        Body in = Body.of(message, body);
        byte code = in.int8("overall format");
        if (code != 0 && code != 1) {
            throw in.violation(code + " as the overall format", "0 (text) or 1 (binary)");
        }
        CopyLayout layout = new CopyLayout(Format.of(code), in.formats("column format"));
        in.end();
        return layout;
    }

    static void encode(ByteBuf out, byte tag, Format format, List<Format> columns) {
        Wire.header(out, tag, 1 + Wire.listLength(columns.size(), 2));
        out.writeByte(format.code());
        Wire.formats(out, columns);
    }
}
