package dev.pgwire.internal.connect;

import dev.pgwire.config.Config;
import dev.pgwire.config.ProtocolProbe;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the startup message tells: the one encoding that is spoken, and what the user asked for. */
final class StartupParameters {
    private StartupParameters() {}

    static Map<String, String> of(Config config) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", config.user());
        parameters.put("database", config.database());
        if (config.replication() != null) {
            parameters.put("replication", config.replication());
        }
        parameters.put("client_encoding", "UTF8");
        if (config.applicationName() != null) {
            parameters.put("application_name", config.applicationName());
        }
        if (config.options() != null) {
            parameters.put("options", config.options());
        }
        parameters.putAll(config.sessionSettings());
        ProtocolProbe probe = config.protocolProbe();
        if (probe != null) {
            parameters.putAll(probe.options());
        }
        return parameters;
    }
}
