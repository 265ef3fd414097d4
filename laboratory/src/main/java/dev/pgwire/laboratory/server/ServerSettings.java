package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.ProtocolVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What a server was told. */
record ServerSettings(
        Book book,
        Map<String, User> users,
        AuthenticationMethod authentication,
        @Nullable SSLContext tls,
        boolean tlsRequired,
        ProtocolVersion version,
        Map<String, String> parameters) {

    /** What a client is told that has sent these in its startup message. */
    Map<String, String> parametersFor(Map<String, String> startup) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("session_authorization", startup.getOrDefault("user", ""));
        for (String name : parameters.keySet()) {
            for (Map.Entry<String, String> given : startup.entrySet()) {
                if (given.getKey().equalsIgnoreCase(name)) {
                    all.put(name, given.getValue());
                }
            }
        }
        return all;
    }
}
