package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.Settings;
import dev.pgwire.internal.config.WireVersions;

/**
 * Refuses what libpq refuses before it connects, in its order. What has its default is not looked at: a first connection would wait
 * until the classes of all the choices were loaded.
 */
final class Validation {
    private static final Keyword[] NUMBERS = {
        Keyword.CONNECT_TIMEOUT,
        Keyword.KEEPALIVES,
        Keyword.KEEPALIVES_IDLE,
        Keyword.KEEPALIVES_INTERVAL,
        Keyword.KEEPALIVES_COUNT,
        Keyword.TCP_USER_TIMEOUT,
    };

    private Validation() {}

    static void check(Settings settings) {
        if (settings.isGiven(Keyword.REQUIRE_AUTH)) {
            AuthPolicy.of(settings);
        }
        if (settings.isGiven(Keyword.CHANNEL_BINDING)) {
            Choices.of(settings, Keyword.CHANNEL_BINDING, ChannelBinding.values());
        }
        checkTls(settings);
        if (settings.isGiven(Keyword.GSSENCMODE)
                && Choices.of(settings, Keyword.GSSENCMODE, GssEncMode.values()) == GssEncMode.REQUIRE) {
            // As a libpq that was built without GSSAPI: to go on would be to connect unencrypted.
            throw new InterfaceException(
                    "gssencmode=require asks for an encryption that is not spoken here, expected disable or prefer");
        }
        if (settings.isGiven(Keyword.TARGET_SESSION_ATTRS)) {
            Choices.of(settings, Keyword.TARGET_SESSION_ATTRS, TargetSessionAttrs.values());
        }
        if (settings.isGiven(Keyword.LOAD_BALANCE_HOSTS)) {
            Choices.of(settings, Keyword.LOAD_BALANCE_HOSTS, LoadBalanceHosts.values());
        }
        if (settings.isGiven(Keyword.MIN_PROTOCOL_VERSION) || settings.isGiven(Keyword.MAX_PROTOCOL_VERSION)) {
            WireVersions.check(settings);
        }
        for (Keyword number : NUMBERS) {
            settings.whole(number, 0);
        }
        if (settings.isGiven(Keyword.PREPARE)) {
            Choices.of(settings, Keyword.PREPARE, Prepare.values());
        }
        if (settings.whole(Keyword.SCRAM_MAX_ITERATIONS, 1) < 1) {
            throw settings.invalid(Keyword.SCRAM_MAX_ITERATIONS, "at least 1");
        }
        if (settings.whole(Keyword.CANCEL_GRACE, 1) < 1) {
            throw settings.invalid(Keyword.CANCEL_GRACE, "at least 1, in seconds");
        }
        if (settings.isGiven(Keyword.BUSY_WAIT)) {
            BusyWaits.of(settings);
        }
        if (settings.isGiven(Keyword.CALLER_STACK)) {
            Choices.of(settings, Keyword.CALLER_STACK, CallerStack.values());
        }
        if (settings.isGiven(Keyword.LEAK_DETECTION)) {
            Choices.of(settings, Keyword.LEAK_DETECTION, LeakDetection.values());
        }
        if (settings.isGiven(Keyword.COMMIT_OUTCOME)) {
            Choices.of(settings, Keyword.COMMIT_OUTCOME, CommitOutcome.values());
        }
        if (settings.isGiven(Keyword.AUTOCOMMIT)) {
            Choices.of(settings, Keyword.AUTOCOMMIT, Autocommit.values());
        }
        if (settings.isGiven(Keyword.TRANSPORT)) {
            Choices.of(settings, Keyword.TRANSPORT, SocketTransport.values());
        }
    }

    private static void checkTls(Settings settings) {
        boolean system = "system".equals(settings.value(Keyword.SSLROOTCERT));
        if (system || settings.isGiven(Keyword.SSLMODE) || settings.isGiven(Keyword.SSLNEGOTIATION)) {
            SslMode mode = Choices.of(settings, Keyword.SSLMODE, SslMode.values(), SslMode.PREFER);
            SslNegotiation negotiation = Choices.of(settings, Keyword.SSLNEGOTIATION, SslNegotiation.values());
            if (negotiation == SslNegotiation.DIRECT && mode.compareTo(SslMode.REQUIRE) < 0) {
                throw new InterfaceException("weak sslmode " + mode.text()
                        + " may not be used with sslnegotiation=direct, expected require, verify-ca or verify-full");
            }
            if (system && mode != SslMode.VERIFY_FULL) {
                throw new InterfaceException("weak sslmode " + mode.text()
                        + " may not be used with sslrootcert=system, expected verify-full");
            }
        }
        if (settings.isGiven(Keyword.SSL_MIN_PROTOCOL_VERSION) || settings.isGiven(Keyword.SSL_MAX_PROTOCOL_VERSION)) {
            TlsVersions.check(settings);
        }
        if (settings.isGiven(Keyword.SSLCERTMODE)) {
            Choices.of(settings, Keyword.SSLCERTMODE, SslCertMode.values());
        }
    }
}
