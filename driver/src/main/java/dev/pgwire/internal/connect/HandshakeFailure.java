package dev.pgwire.internal.connect;

import dev.pgwire.error.CannotConnectException;
import dev.pgwire.internal.tls.trust.RefusedServerException;
import java.nio.channels.ClosedChannelException;

/** What a handshake of TLS that failed is made of. */
final class HandshakeFailure {
    private HandshakeFailure() {}

    static CannotConnectException of(String server, Throwable cause) {
        return new CannotConnectException(
                CannotConnectException.Reason.TLS_HANDSHAKE,
                "TLS could not be agreed on with " + server + ": " + reason(cause),
                // A socket that was closed says nothing.
                cause instanceof ClosedChannelException ? null : cause);
    }

    /** What our own check of the certificate found, or what ended the handshake first. */
    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (!(deepest instanceof RefusedServerException)) {
            Throwable cause = deepest.getCause();
            if (cause == null || cause == deepest) {
                String message = deepest.getMessage();
                return (message == null ? "the server closed the connection" : message)
                        + ", expected a server and a certificate as sslmode asks for";
            }
            deepest = cause;
        }
        return String.valueOf(deepest.getMessage());
    }
}
