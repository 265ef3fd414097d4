package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.TransactionStatus;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** From tag and body to message: the client's side of the wire. */
public final class BackendDecoder {
    private static final String KNOWN = "123ACDEGHIKNRSTVWZcdnstv";

    private BackendDecoder() {}

    // HOT: these three in each round trip, read without a buffer

    /**
     * The message with this tag, if it is one of those that most answers have around their rows.
     *
     * @param from where its body begins in the array, which ends before {@code to}
     * @return null for {@link #decode} to be asked
     */
    public static @Nullable BackendMessage usual(byte tag, byte[] bytes, int from, int to) {
        if (tag == ReadyForQuery.TAG) {
            return to - from == 1 ? ReadyForQuery.of(TransactionStatus.of(bytes[from])) : null;
        }
        if (tag == CommandComplete.TAG) {
            return CommandComplete.usual(bytes, from, to);
        }
        return tag == Signal.BIND_COMPLETE.tag() && to == from ? Signal.BIND_COMPLETE : null;
    }

    /** Whether a message with this tag is one that {@link #decode} knows. */
    public static boolean isKnown(byte tag) {
        return KNOWN.indexOf(tag) >= 0;
    }

    /**
     * The message with this tag.
     *
     * @param body exactly the body, without the length word; its reader index is moved
     * @throws ProtocolViolation if the tag is unknown, the body is not well formed, or it is not consumed exactly
     */
    public static BackendMessage decode(byte tag, ByteBuf body) {
        return switch (tag) {
            case DataRow.TAG -> DataRow.read(body);
            case CommandComplete.TAG -> CommandComplete.read(body);
            case ReadyForQuery.TAG -> ReadyForQuery.read(body);
            case RowDescription.TAG -> RowDescription.read(body);
            case ParameterDescription.TAG -> ParameterDescription.read(body);
            case CopyData.TAG -> CopyData.read(body);
            case ErrorResponse.TAG -> ErrorResponse.read(body);
            case NoticeResponse.TAG -> NoticeResponse.read(body);
            case NotificationResponse.TAG -> NotificationResponse.read(body);
            case ParameterStatus.TAG -> ParameterStatus.read(body);
            case Authentication.TAG -> Authentication.read(body);
            case BackendKeyData.TAG -> BackendKeyData.read(body);
            case NegotiateProtocolVersion.TAG -> NegotiateProtocolVersion.read(body);
            case CopyInResponse.TAG -> CopyInResponse.read(body);
            case CopyOutResponse.TAG -> CopyOutResponse.read(body);
            case CopyBothResponse.TAG -> CopyBothResponse.read(body);
            case FunctionCallResponse.TAG -> FunctionCallResponse.read(body);
            case '1' -> Signal.PARSE_COMPLETE.read(body);
            case '2' -> Signal.BIND_COMPLETE.read(body);
            case '3' -> Signal.CLOSE_COMPLETE.read(body);
            case 'n' -> Signal.NO_DATA.read(body);
            case 'I' -> Signal.EMPTY_QUERY_RESPONSE.read(body);
            case 's' -> Signal.PORTAL_SUSPENDED.read(body);
            case 'c' -> Signal.COPY_DONE.read(body);
            default ->
                throw new ProtocolViolation(
                        "a message with the tag " + ProtocolViolation.show(tag) + ", expected one that a server sends");
        };
    }
}
