package dev.pgwire.internal.net;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.tls.record.TlsRecords;
import java.nio.channels.ClosedChannelException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The goal of a wait: that the handshake of TLS is over, well or not. */
public final class Handshake implements BooleanSupplier {
    private final TlsRecords records;
    private final Transport transport;

    Handshake(TlsRecords records, Transport transport) {
        this.records = records;
        this.transport = transport;
    }

    @Override
    public boolean getAsBoolean() {
        return records.isEstablished() || transport.broken() != null;
    }

    /** Why it failed: what TLS or the system said; null if it did not. */
    public @Nullable Throwable failure() {
        PgException broken = transport.broken();
        if (broken == null || records.isEstablished()) {
            return null;
        }
        Throwable cause = broken.getCause();
        return cause == null ? new ClosedChannelException() : cause;
    }
}
