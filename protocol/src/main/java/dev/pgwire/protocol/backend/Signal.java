package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The messages of the server that consist of their tag alone.
 *
 * <pre>
 * Byte1 tag
 * Int32 4
 * </pre>
 */
public enum Signal implements BackendMessage {
    PARSE_COMPLETE('1', "ParseComplete"),
    BIND_COMPLETE('2', "BindComplete"),
    CLOSE_COMPLETE('3', "CloseComplete"),
    NO_DATA('n', "NoData"),
    EMPTY_QUERY_RESPONSE('I', "EmptyQueryResponse"),
    PORTAL_SUSPENDED('s', "PortalSuspended"),
    COPY_DONE('c', "CopyDone");

    private final byte tag;
    private final String protocolName;

    Signal(char tag, String protocolName) {
        this.tag = (byte) tag;
        this.protocolName = protocolName;
    }

    public byte tag() {
        return tag;
    }

    /** Checks that the body is empty. */
    public Signal read(ByteBuf body) {
        if (body.isReadable()) {
            Body.of(protocolName, body).end();
        }
        return this;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, tag, 0);
    }

    /** The name in the manual, such as {@code ParseComplete}. */
    @Override
    public String toString() {
        return protocolName;
    }
}
