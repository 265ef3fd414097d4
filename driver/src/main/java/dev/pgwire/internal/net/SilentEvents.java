package dev.pgwire.internal.net;

import dev.pgwire.internal.exchange.SessionEvents;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;

/** Listens to nothing: for a connection that only carries a cancel request. */
final class SilentEvents implements SessionEvents {
    @Override
    public void notice(Diagnostic notice) {}

    @Override
    public void parameter(ParameterStatus parameter) {}

    @Override
    public void notification(NotificationResponse notification) {}

    @Override
    public void ready(TransactionStatus status) {}
}
