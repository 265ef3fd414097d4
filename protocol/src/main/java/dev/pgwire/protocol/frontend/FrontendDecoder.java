package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/** From tag and body to message: the server's side of the wire, for proxies and scripted servers. */
public final class FrontendDecoder {
    private FrontendDecoder() {}

    /**
     * The message with this tag.
     *
     * @param body exactly the body, without the length word; its reader index is moved
     * @param expected what the tag {@code p} stands for at this moment
     * @throws ProtocolViolation if the tag is unknown, the body is not well formed, or it is not consumed exactly
     */
    public static FrontendMessage decode(byte tag, ByteBuf body, PasswordKind expected) {
        return switch (tag) {
            case Bind.TAG -> Bind.read(body);
            case Execute.TAG -> Execute.read(body);
            case Parse.TAG -> Parse.read(body);
            case Describe.TAG -> Describe.read(body);
            case Close.TAG -> Close.read(body);
            case Query.TAG -> Query.read(body);
            case CopyData.TAG -> CopyData.read(body);
            case CopyFail.TAG -> CopyFail.read(body);
            case FunctionCall.TAG -> FunctionCall.read(body);
            case 'S' -> Command.SYNC.read(body);
            case 'H' -> Command.FLUSH.read(body);
            case 'X' -> Command.TERMINATE.read(body);
            case 'c' -> Command.COPY_DONE.read(body);
            case PasswordMessage.TAG -> password(body, expected);
            default ->
                throw new ProtocolViolation(
                        "a message with the tag " + ProtocolViolation.show(tag) + ", expected one that a client sends");
        };
    }

    private static FrontendMessage password(ByteBuf body, PasswordKind expected) {
        return switch (expected) {
            case PASSWORD -> PasswordMessage.read(body);
            case SASL_INITIAL -> SASLInitialResponse.read(body);
            case SASL -> SASLResponse.read(body);
            case GSS -> GSSResponse.read(body);
        };
    }

    /**
     * The message that opens a connection.
     *
     * @param body exactly the body, without the length word; its reader index is moved
     * @throws ProtocolViolation if it is none of them, not well formed, or not consumed exactly
     */
    public static Opening opening(ByteBuf body) {
        return Opening.read(body);
    }
}
