package dev.pgwire.internal.tls;

import dev.pgwire.config.TlsVersion;
import dev.pgwire.internal.tls.file.TlsFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which versions of TLS are offered. */
final class ProtocolVersions {
    private ProtocolVersions() {}

    /** Those of the JVM's that lie between two, both included; null means no limit. Never empty. */
    static String[] between(@Nullable TlsVersion lowest, @Nullable TlsVersion highest, String[] enabled) {
        List<String> offered = new ArrayList<>();
        for (TlsVersion version : TlsVersion.values()) {
            boolean allowed = (lowest == null || version.compareTo(lowest) >= 0)
                    && (highest == null || version.compareTo(highest) <= 0);
            for (String name : enabled) {
                if (allowed && name.equals(version.text())) {
                    offered.add(name);
                }
            }
        }
        if (offered.isEmpty()) {
            throw TlsFile.failed(
                    "no version of TLS from " + shown(lowest, "the lowest") + " to " + shown(highest, "the highest")
                            + " is enabled in this JVM, expected ssl_min_protocol_version and"
                            + " ssl_max_protocol_version to allow one of: " + String.join(", ", enabled),
                    null);
        }
        return offered.toArray(new String[0]);
    }

    private static String shown(@Nullable TlsVersion version, String unless) {
        return version == null ? unless : version.text();
    }
}
