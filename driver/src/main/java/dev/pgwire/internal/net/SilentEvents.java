package dev.pgwire.internal.net;

import dev.pgwire.internal.exchange.SessionEvents;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import org.jspecify.annotations.Nullable;

/** Listens to nothing: for a connection that only carries a cancel request. */
final class SilentEvents implements SessionEvents {
    @Override
    public void begin() {}

    @Override
    public @Nullable String parameter(String name) {
        return null;
    }

    @Override
    public void notice(Diagnostic notice) {}

    @Override
    public void parameter(ParameterStatus parameter) {}

    @Override
    public void notification(NotificationResponse notification) {}

    @Override
    public void ready(TransactionStatus status) {}
}
