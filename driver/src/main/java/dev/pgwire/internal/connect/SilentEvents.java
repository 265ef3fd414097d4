package dev.pgwire.internal.connect;

import dev.pgwire.internal.exchange.SessionEvents;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import org.jspecify.annotations.Nullable;

/** For a connection that only carries a cancel request, to which a server says nothing: it closes it. */
final class SilentEvents implements SessionEvents {
    @Override
    public void newServer() {}

    @Override
    public @Nullable String parameter(String name) {
        return null;
    }

    @Override
    public void notice(Diagnostic notice) {
        throw unexpected("NoticeResponse");
    }

    @Override
    public void parameter(ParameterStatus parameter) {
        throw unexpected("ParameterStatus");
    }

    @Override
    public void notification(NotificationResponse notification) {
        throw unexpected("NotificationResponse");
    }

    @Override
    public void ready(TransactionStatus status, boolean isLast) {}

    private static ProtocolViolation unexpected(String message) {
        return new ProtocolViolation(message + " came as the answer to a cancel request");
    }
}
