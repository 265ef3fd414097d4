package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The messages of the client that consist of their tag alone.
 *
 * <pre>
 * Byte1 tag
 * Int32 4
 * </pre>
 */
public enum Command implements FrontendMessage {
    SYNC('S', "Sync"),
    FLUSH('H', "Flush"),
    TERMINATE('X', "Terminate"),
    COPY_DONE('c', "CopyDone");

    private final byte tag;
    private final String protocolName;

    Command(char tag, String protocolName) {
        this.tag = (byte) tag;
        this.protocolName = protocolName;
    }

    public byte tag() {
        return tag;
    }

    /** Checks that the body is empty. */
    public Command read(ByteBuf body) {
        Body.of(protocolName, body).end();
        return this;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, tag, 0);
    }

    /** The name in the manual, such as {@code Sync}. */
    @Override
    public String toString() {
        return protocolName;
    }
}
