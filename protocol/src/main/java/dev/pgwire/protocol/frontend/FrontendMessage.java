package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Message;
import io.netty.buffer.ByteBuf;

/** A message from the client. */
public sealed interface FrontendMessage extends Message
        permits Command,
                Opening,
                PasswordMessage,
                SASLInitialResponse,
                SASLResponse,
                GSSResponse,
                Query,
                Parse,
                Bind,
                Describe,
                Execute,
                Close,
                FunctionCall,
                CopyData,
                CopyFail {

    /**
     * Writes the whole message: tag (an {@link Opening} has none), length and body.
     *
     * @throws IllegalArgumentException if it cannot be sent, before anything is written
     */
    @Override
    void encode(ByteBuf out);
}
