package dev.pgwire.internal.tls;

import dev.pgwire.internal.config.NumericAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/** The name of the server as TLS tells it (RFC 6066, server name indication). */
public final class ServerNames {
    private ServerNames() {}

    /** A list of one, or of none for an address. */
    static List<SNIServerName> of(String host) {
        // The dot that ends a full name is not part of what is told.
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.isEmpty() || NumericAddress.isMadeAlike(name)) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(name));
        } catch (IllegalArgumentException strict) {
            return List.of(new AsGiven(name));
        }
    }

    /** A name that the JDK refuses to be one of a host, such as those with underscores that containers often have. */
    private static final class AsGiven extends SNIServerName {
        AsGiven(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.UTF_8));
        }
    }
}
