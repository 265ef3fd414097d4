package dev.pgwire.internal.exchange;

import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.backend.ReadyForQuery;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The start of a session: authentication, then the key for cancelling, until the server is ready. A request for
 * authentication is left here for whoever drives the connection, because answering it may take long.
 */
public final class StartupExchange extends SegmentExchange {
    /** As in libpq: what an unknown peer may send before it has let us in. */
    private static final int MAX_GREETING = 2_000;

    private static final int MAX_ERROR = 30_000;

    /** SASLFinal and AuthenticationOk come together; nobody sends more at once. */
    private static final int MAX_CHALLENGES = 2;

    private final ArrayDeque<Authentication> challenges = new ArrayDeque<>(MAX_CHALLENGES);
    private final ProtocolVersion requested;
    private boolean authenticated;
    private @Nullable BackendKeyData key;

    /** An exchange for a session that was asked for in this version of the protocol. */
    public StartupExchange(ProtocolVersion requested) {
        this.requested = requested;
    }

    /** Takes the request for authentication that came, or null if none did. */
    public @Nullable Authentication takeChallenge() {
        return challenges.poll();
    }

    /** Whether a request for authentication waits for an answer. */
    public boolean hasChallenge() {
        return !challenges.isEmpty();
    }

    /** The key for cancelling; null if the server gave none, as some poolers do. */
    public @Nullable BackendKeyData key() {
        return key;
    }

    @Override
    boolean receive(BackendMessage message) {
        if (message instanceof Authentication request && !authenticated && challenges.size() < MAX_CHALLENGES) {
            authenticated = request == Authentication.Request.OK;
            challenges.add(request);
            return false;
        }
        if (message instanceof NegotiateProtocolVersion offer && !authenticated) {
            if (offer.newestVersion() > requested.code()
                    || ProtocolVersion.of(offer.newestVersion()).major() != requested.major()) {
                throw unexpected(message);
            }
            return false;
        }
        if (message instanceof BackendKeyData data && authenticated) {
            key = data;
            return false;
        }
        if (message instanceof ReadyForQuery && authenticated) {
            return finish();
        }
        throw unexpected(message);
    }

    @Override
    int maxBody(byte tag) {
        if (authenticated) {
            return Wire.MAX_BODY;
        }
        return tag == 'E' ? MAX_ERROR : MAX_GREETING;
    }
}
