package dev.pgwire.internal.auth;

import dev.pgwire.internal.exchange.SegmentExchange;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.backend.ReadyForQuery;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The start of a session: the version of the protocol, authentication, then the key for cancelling, until the server is
 * ready. A request for authentication is left here for the thread that drives the connection, because the answer may take long.
 */
public final class StartupExchange extends SegmentExchange {
    /** As in libpq: what an unknown peer may send before it has let us in. */
    private static final int MAX_GREETING = 2_000;

    private static final int MAX_ERROR = 30_000;

    /** SASLFinal and AuthenticationOk come together; no server sends more at once. */
    private static final int MAX_CHALLENGES = 2;

    private final ArrayDeque<Authentication> challenges = new ArrayDeque<>(MAX_CHALLENGES);
    private final VersionNegotiation negotiation;
    private boolean authenticated;
    private @Nullable BackendKeyData key;

    /**
     * An exchange for a session.
     *
     * @param requested the version of the protocol that the startup message asks for
     * @param oldest the oldest version that the server may offer instead
     */
    public StartupExchange(ProtocolVersion requested, ProtocolVersion oldest) {
        this(requested, oldest, Set.of());
    }

    /**
     * The same for a startup message with options of the protocol.
     *
     * @param options their names, which the server may say that it does not know
     */
    public StartupExchange(ProtocolVersion requested, ProtocolVersion oldest, Set<String> options) {
        negotiation = new VersionNegotiation(requested, oldest, options);
    }

    /** The options of the protocol that were asked for and that the server does not know. */
    public List<String> unrecognizedOptions() {
        return negotiation.unrecognizedOptions();
    }

    /** The version of the protocol that is spoken, as far as is known. */
    public ProtocolVersion version() {
        return negotiation.version();
    }

    /** Takes the request for authentication that came, or null if none did. */
    public @Nullable Authentication takeChallenge() {
        return challenges.poll();
    }

    /** Whether a request for authentication waits for an answer. */
    public boolean hasChallenge() {
        return !challenges.isEmpty();
    }

    /** Whether AuthenticationOk came. */
    public boolean isLetIn() {
        return authenticated;
    }

    /** The key for cancelling; null if the server gave none, as some poolers do. */
    public @Nullable BackendKeyData key() {
        return key;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        if (message instanceof Authentication request && !authenticated && challenges.size() < MAX_CHALLENGES) {
            authenticated = request == Authentication.Request.OK;
            challenges.add(request);
            return false;
        }
        if (message instanceof NegotiateProtocolVersion offer && !authenticated) {
            negotiation.take(offer);
            return false;
        }
        if (message instanceof BackendKeyData data && authenticated) {
            checkLength(data);
            key = data;
            return false;
        }
        if (message instanceof ReadyForQuery && authenticated) {
            return finish();
        }
        throw unexpected(message);
    }

    /** Longer keys are new in 3.2; the message itself has the limits of both. */
    private void checkLength(BackendKeyData data) {
        int length = data.secretKey().length;
        if (length != 4 && version().compareTo(ProtocolVersion.V3_2) < 0) {
            throw new ProtocolViolation(
                    "the key for cancelling has " + length + " bytes, expected 4 in protocol " + version());
        }
    }

    /** As in libpq: notices, parameters and notifications of an unknown peer are not listened to. */
    @Override
    protected boolean admits(BackendMessage message) {
        return authenticated
                || message instanceof Authentication
                || message instanceof ErrorResponse
                || message instanceof NegotiateProtocolVersion;
    }

    @Override
    protected boolean admitsBareError() {
        return !authenticated;
    }

    @Override
    protected int maxBody(byte tag) {
        if (authenticated) {
            return Wire.MAX_BODY;
        }
        return tag == 'E' ? MAX_ERROR : MAX_GREETING;
    }
}
