package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Message;
import io.netty.buffer.ByteBuf;

/** A message from the server. */
public sealed interface BackendMessage extends Message
        permits DataRow,
                Signal,
                CommandComplete,
                ReadyForQuery,
                RowDescription,
                ParameterDescription,
                ErrorResponse,
                NoticeResponse,
                NotificationResponse,
                ParameterStatus,
                Authentication,
                BackendKeyData,
                NegotiateProtocolVersion,
                CopyInResponse,
                CopyOutResponse,
                CopyBothResponse,
                CopyData,
                FunctionCallResponse {

    /**
     * Writes the whole message: tag, length and body.
     *
     * @throws IllegalArgumentException if it cannot be sent, before anything is written
     */
    @Override
    void encode(ByteBuf out);
}
