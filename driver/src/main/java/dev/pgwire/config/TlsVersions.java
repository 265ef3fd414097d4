package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.Settings;
import org.jspecify.annotations.Nullable;

/** The values of ssl_min_protocol_version and ssl_max_protocol_version. */
final class TlsVersions {
    private TlsVersions() {}

    /** The version, in whatever case it is written; null if there is no limit. */
    static @Nullable TlsVersion of(Settings settings, Keyword keyword) {
        String value = settings.text(keyword);
        if (value == null) {
            return null;
        }
        for (TlsVersion version : TlsVersion.values()) {
            if (version.text().equalsIgnoreCase(value)) {
                return version;
            }
        }
        throw settings.invalid(keyword, Choices.listed(TlsVersion.values()));
    }

    static void check(Settings settings) {
        TlsVersion min = of(settings, Keyword.SSL_MIN_PROTOCOL_VERSION);
        TlsVersion max = of(settings, Keyword.SSL_MAX_PROTOCOL_VERSION);
        if (min != null && max != null && min.compareTo(max) > 0) {
            throw new InterfaceException(
                    "invalid SSL protocol version range, expected that ssl_min_protocol_version is at" + " most "
                            + max.text());
        }
    }
}
