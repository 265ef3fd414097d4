package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The server does not speak the minor version or know the protocol options that were asked for.
 *
 * <pre>
 * Byte1  'v'
 * Int32  length
 * Int32  newest version that the server speaks, coded as in the startup message
 * Int32  number of options it does not know, for each: String name
 * </pre>
 */
public record NegotiateProtocolVersion(int newestVersion, List<String> unrecognizedOptions) implements BackendMessage {
    public static final byte TAG = 'v';

    public NegotiateProtocolVersion {
        unrecognizedOptions = List.copyOf(unrecognizedOptions);
    }

    public static NegotiateProtocolVersion read(ByteBuf body) {
        Body in = Body.of("NegotiateProtocolVersion", body);
        int newestVersion = in.int32("newest version");
        int count = in.count32(1, "options");
        // No capacity from the count: a body of megabytes may truthfully count millions of empty names.
        List<String> options = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            options.add(in.cString("option"));
        }
        in.end();
        return new NegotiateProtocolVersion(newestVersion, options);
    }

    @Override
    public void encode(ByteBuf out) {
        long length = 8;
        for (String option : unrecognizedOptions) {
            length += Wire.cStringLength(option);
        }
        Wire.header(out, TAG, length);
        out.writeInt(newestVersion).writeInt(unrecognizedOptions.size());
        for (String option : unrecognizedOptions) {
            Wire.cString(out, option);
        }
    }
}
