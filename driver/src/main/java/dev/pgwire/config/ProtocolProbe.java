package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a StartupMessage asks for that no server may know: how servers and poolers take versions and options of the protocol that
 * are still to come. They answer with NegotiateProtocolVersion, which {@code info()} of the connection tells. Source: PostgreSQL manual, 54.2.1
 * Start-up.
 *
 * @param minorVersion asks for version 3 with this number behind the point, from 2 to 9999; the server may choose an older one, and the
 *     driver speaks up to 3.2 as it is
 * @param options options of the protocol, whose names begin with {@code _pq_.}
 */
public record ProtocolProbe(int minorVersion, Map<String, String> options) {
    private static final int GREASE = 9999;
    private static final String PREFIX = "_pq_.";

    public ProtocolProbe {
        if (minorVersion < 2 || minorVersion > GREASE) {
            throw new InterfaceException(
                    "the probe asks for protocol 3." + minorVersion + ", expected 3.2 to 3." + GREASE);
        }
        for (String name : options.keySet()) {
            if (!name.startsWith(PREFIX) || name.length() == PREFIX.length()) {
                throw new InterfaceException(
                        "the probe has the option \"" + name + "\", expected a name behind " + PREFIX);
            }
        }
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Asks for 3.9999, which is set apart for that, and no server will ever speak. */
    public static ProtocolProbe grease() {
        return new ProtocolProbe(GREASE, Map.of());
    }

    /** The same with one more option, such as {@code _pq_.mine}. */
    public ProtocolProbe option(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(name, value);
        return new ProtocolProbe(minorVersion, more);
    }
}
