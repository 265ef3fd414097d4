package dev.pgwire.internal.request;

import dev.pgwire.internal.server.ServerState;
import dev.pgwire.protocol.TransactionStatus;
import org.jspecify.annotations.Nullable;

/** The BEGIN that the server must be sent before the next statement, if no transaction is in progress then. */
public final class DueBegin {
    private final ServerState server;
    private @Nullable String once;
    private @Nullable String always;

    DueBegin(ServerState server) {
        this.server = server;
    }

    /** Makes this BEGIN due once. */
    public void once(String begin) {
        once = begin;
    }

    /** Makes this BEGIN due whenever no transaction is in progress; null for no more. */
    public void always(@Nullable String begin) {
        always = begin;
    }

    /** Whether one that is due once was not sent yet. */
    public boolean isOnce() {
        return once != null;
    }

    /** One that was due once is due no more: it was sent, or is not wanted. */
    public void clear() {
        once = null;
    }

    /** The BEGIN to send now, or null if there is none. */
    @Nullable
    public String now() {
        if (server.transactionStatus() != TransactionStatus.IDLE) {
            return null;
        }
        return once != null ? once : always;
    }
}
