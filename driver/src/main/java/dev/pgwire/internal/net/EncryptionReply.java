package dev.pgwire.internal.net;

import dev.pgwire.error.CannotConnectException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the one byte with which a server answers an SSLRequest, and keeps everything else from the next reader: bytes
 * that came in the clear must never be taken for bytes that came through TLS.
 */
final class EncryptionReply extends LastHandler implements BooleanSupplier {
    private byte answer;
    private boolean answered;
    private @Nullable CannotConnectException failure;

    /** Whether an answer came, or never will. */
    @Override
    public boolean getAsBoolean() {
        return answered || failure != null;
    }

    /**
     * Whether the server agrees.
     *
     * @throws CannotConnectException if it said neither yes nor no, or more than that
     */
    boolean isAgreed() {
        if (failure != null) {
            throw failure;
        }
        if (answer == 'S' || answer == 'N') {
            return answer == 'S';
        }
        // What follows an E is the text of a peer that has not shown who it is: it is not repeated.
        throw new CannotConnectException(
                CannotConnectException.Reason.OTHER,
                switch (answer) {
                    case 'E' -> "the server answered the request for TLS with an error, expected S or N";
                    case 'H' ->
                        "what listens there answered the request for TLS as HTTP does, expected S or N from a PostgreSQL"
                                + " server; the port is probably that of another service";
                    default ->
                        "the server answered the request for TLS with byte " + (answer & 0xff)
                                + ", expected S or N; it is probably no PostgreSQL server";
                },
                null);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf received = (ByteBuf) message;
        try {
            if (!answered && received.isReadable()) {
                answer = received.readByte();
                answered = true;
            }
            // Behind any other answer there is nothing to be taken for the server's own.
            if (received.isReadable() && (answer == 'S' || answer == 'N')) {
                tooMuch();
            }
        } finally {
            received.release();
        }
    }

    private void tooMuch() {
        failure = new CannotConnectException(
                CannotConnectException.Reason.OTHER,
                "unencrypted bytes came behind the server's answer to the request for TLS, expected none: somebody may"
                        + " have put them there",
                null);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!getAsBoolean()) {
            failure = new CannotConnectException(
                    CannotConnectException.Reason.OTHER,
                    "the server closed the connection when it was asked for TLS, expected S or N",
                    null);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!getAsBoolean()) {
            failure = new CannotConnectException(
                    CannotConnectException.Reason.OTHER,
                    "the connection broke when the server was asked for TLS: " + cause.getMessage(),
                    cause);
        }
        context.fireExceptionCaught(cause);
    }
}
