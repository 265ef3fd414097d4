package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * A session notified a channel that this one listens to.
 *
 * <pre>
 * Byte1  'A'
 * Int32  length
 * Int32  process id of the notifying session
 * String channel, String payload
 * </pre>
 */
public record NotificationResponse(int processId, String channel, String payload) implements BackendMessage {
    public static final byte TAG = 'A';

    public static NotificationResponse read(ByteBuf body) {
        Body in = Body.of("NotificationResponse", body);
        NotificationResponse message =
                new NotificationResponse(in.int32("process id"), in.cString("channel"), in.cString("payload"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, 4 + Wire.cStringLength(channel) + Wire.cStringLength(payload));
        out.writeInt(processId);
        Wire.cString(out, channel);
        Wire.cString(out, payload);
    }
}
