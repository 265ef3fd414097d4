package dev.pgwire.internal.connect;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.cancel.CancelDemand;
import dev.pgwire.internal.cancel.CancelRequest;
import dev.pgwire.internal.cancel.UnconfirmedCancel;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.frontend.Opening;

/**
 * A cancel request over a connection of its own, like that of the session. The server closes it when the signal was sent; that
 * is waited for {@link Config#cancelGrace} at most. An interrupt is put off until then. If the request is not wanted any more
 * before it was sent, nothing happens.
 */
final class ConnectedCancel implements CancelRequest {
    private final Config config;
    private final SessionFacts session;
    private final BackendKeyData key;

    ConnectedCancel(Config config, SessionFacts session, BackendKeyData key) {
        this.config = config;
        this.session = session;
        this.key = key;
    }

    @Override
    public void send(CancelDemand demand) {
        long deadline = System.nanoTime() + config.cancelGrace().toNanos();
        CancelGuard guard = new CancelGuard(demand);
        try {
            Attempt attempt = Attempt.toCancel(config, session, deadline, guard);
            try {
                if (session.tlsVersion() != null) {
                    Connector.encrypt(attempt, Encryption.withTls(config), false, ConnectProgress.SILENT);
                }
                attempt.cancel(new Opening.Cancel(key.processId(), key.secretKey()), guard);
            } finally {
                attempt.abort(new ConnectionFailureException("the cancel request is over", null));
            }
        } catch (CancelGuard.NotWanted given) {
            return;
        } catch (UnconfirmedCancel unconfirmed) {
            throw unconfirmed;
        } catch (PgException failed) {
            String why = deadline - System.nanoTime() <= 0
                    ? "no connection was made for it within "
                            + config.cancelGrace().toSeconds() + " s"
                    : failed.getMessage();
            throw new ConnectionFailureException(
                    "the cancel request was not sent: " + why + "; expected a connection like that of the session",
                    failed.getCause());
        } finally {
            guard.end();
        }
    }
}
