package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;

/** Refuses what libpq refuses before it connects, in its order. */
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
        settings.choice(Keyword.CHANNEL_BINDING, ChannelBinding.values());
        SslMode mode = settings.choice(Keyword.SSLMODE, SslMode.values(), SslMode.PREFER);
        SslNegotiation negotiation = settings.choice(Keyword.SSLNEGOTIATION, SslNegotiation.values());
        if (negotiation == SslNegotiation.DIRECT && mode.compareTo(SslMode.REQUIRE) < 0) {
            throw new InterfaceException("weak sslmode " + mode.text()
                    + " may not be used with sslnegotiation=direct, expected require, verify-ca or verify-full");
        }
        if ("system".equals(settings.value(Keyword.SSLROOTCERT)) && mode != SslMode.VERIFY_FULL) {
            throw new InterfaceException(
                    "weak sslmode " + mode.text() + " may not be used with sslrootcert=system, expected verify-full");
        }
        TlsVersions.check(settings);
        settings.choice(Keyword.SSLCERTMODE, SslCertMode.values());
        if (settings.choice(Keyword.GSSENCMODE, GssEncMode.values()) == GssEncMode.REQUIRE) {
            // As a libpq that was built without GSSAPI: to go on would be to connect unencrypted.
            throw new InterfaceException(
                    "gssencmode=require asks for an encryption that is not spoken here, expected disable or prefer");
        }
        settings.choice(Keyword.TARGET_SESSION_ATTRS, TargetSessionAttrs.values());
        settings.choice(Keyword.LOAD_BALANCE_HOSTS, LoadBalanceHosts.values());
        ProtocolVersions.check(settings);
        for (Keyword number : NUMBERS) {
            settings.whole(number, 0);
        }
        settings.choice(Keyword.PREPARE, Prepare.values());
        if (settings.whole(Keyword.SCRAM_MAX_ITERATIONS, 1) < 1) {
            throw settings.invalid(Keyword.SCRAM_MAX_ITERATIONS, "at least 1");
        }
    }
}
