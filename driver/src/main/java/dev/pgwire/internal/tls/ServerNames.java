package dev.pgwire.internal.tls;

import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;

/** The name of the server as TLS tells it (RFC 6066, server name indication). */
final class ServerNames {
    private ServerNames() {}

    /** A list of one, or of none for an address and for a name that cannot be told. */
    static List<SNIServerName> of(String host) {
        // The dot that ends a full name is not part of what is told.
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.isEmpty() || IpLiteral.looksNumeric(name)) {
            return List.of();
        }
        try {
            // As bytes: from text, the JDK would refuse the underscore, which names of containers often have.
            return List.of(new SNIHostName(name.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException noHostName) {
            return List.of();
        }
    }
}
