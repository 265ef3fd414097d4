package dev.pgwire.console.shell;

import dev.pgwire.config.Config;
import dev.pgwire.console.input.Variables;

/** The variables that say to what the console is connected. */
final class ConnectionVariables {
    private ConnectionVariables() {}

    static void set(Shell shell) {
        Config config = shell.connection().config();
        Variables variables = shell.variables();
        variables.set("DBNAME", config.database());
        variables.set("USER", config.user());
        variables.set("HOST", config.hosts().get(0).name());
        variables.set("PORT", String.valueOf(config.hosts().get(0).port()));
        variables.set("ENCODING", "UTF8");
        String version = shell.connection().serverVersion();
        variables.set("SERVER_VERSION_NAME", version);
        variables.set("SERVER_VERSION_NUM", number(version));
        if (variables.get("LAST_ERROR_SQLSTATE") == null) {
            variables.set("LAST_ERROR_MESSAGE", "");
            variables.set("LAST_ERROR_SQLSTATE", "00000");
        }
    }

    /** As the server itself counts: 150018 for 15.18, 90603 for 9.6.3. */
    private static String number(String version) {
        String[] parts = version.split("\\D+");
        int major = part(parts, 0);
        int minor = part(parts, 1);
        return String.valueOf(major >= 10 ? major * 10_000 + minor : (major * 100 + minor) * 100 + part(parts, 2));
    }

    private static int part(String[] parts, int index) {
        return index < parts.length && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
    }
}
