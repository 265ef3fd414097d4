package dev.pgwire.internal.auth;

import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.auth.PeerText;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import java.util.List;
import java.util.Set;

/** Which version of the protocol is spoken: the one that was asked for, unless the server offers an older one. */
final class VersionNegotiation {
    /** Skipped on the way from 3.0 to 3.2: a server that speaks it does not exist. */
    private static final ProtocolVersion RESERVED = new ProtocolVersion(3, 1);

    private final ProtocolVersion oldest;
    private ProtocolVersion version;
    private boolean negotiated;
    private final Set<String> options;
    private List<String> unrecognizedOptions = List.of();

    VersionNegotiation(ProtocolVersion requested, ProtocolVersion oldest, Set<String> options) {
        this.version = requested;
        this.oldest = oldest;
        this.options = options;
    }

    List<String> unrecognizedOptions() {
        return unrecognizedOptions;
    }

    ProtocolVersion version() {
        return version;
    }

    /**
     * Takes the server's offer. PgBouncer up to 1.25.2 may make the same one twice, which libpq refuses; it does no harm.
     *
     * @throws ProtocolViolation if it is none that can be made
     * @throws NotSupportedException if it is older than what the user accepts
     */
    void take(NegotiateProtocolVersion offer) {
        ProtocolVersion offered = ProtocolVersion.of(offer.newestVersion());
        if (offered.compareTo(version) > 0) {
            throw violation("which is newer than " + version, offered);
        }
        if (offered.compareTo(ProtocolVersion.V3_0) < 0) {
            throw violation("which is older than 3.0", offered);
        }
        if (offered.equals(RESERVED)) {
            throw violation("which is reserved and spoken by nobody", offered);
        }
        for (String option : offer.unrecognizedOptions()) {
            if (!options.contains(option)) {
                throw violation(
                        "and does not know the option \"" + PeerText.shown(option) + "\", which was not sent", offered);
            }
        }
        if (offered.equals(version)
                && !negotiated
                && offer.unrecognizedOptions().isEmpty()) {
            throw violation("which is what was asked for", offered);
        }
        if (offered.compareTo(oldest) < 0) {
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "the server speaks protocol " + offered + " at most, expected at least " + oldest
                            + " (min_protocol_version)",
                    null);
        }
        version = offered;
        negotiated = true;
        unrecognizedOptions = offer.unrecognizedOptions();
    }

    private ProtocolViolation violation(String what, ProtocolVersion offered) {
        return new ProtocolViolation(
                "it offers protocol " + offered + ", " + what + ", expected one from 3.0 to " + version);
    }
}
