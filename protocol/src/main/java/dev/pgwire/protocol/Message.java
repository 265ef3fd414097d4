package dev.pgwire.protocol;

import io.netty.buffer.ByteBuf;

/** What one side sends: a message of the client, of the server, or the byte that answers a request for encryption. */
public interface Message {
    /**
     * Writes the whole message: tag and length if it has them, and body.
     *
     * @throws IllegalArgumentException if it cannot be sent, before anything is written
     */
    void encode(ByteBuf out);
}
