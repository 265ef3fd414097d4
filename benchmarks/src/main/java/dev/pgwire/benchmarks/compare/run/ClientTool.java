package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.benchmarks.compare.server.Address;
import java.io.IOException;
import java.util.List;

/** What the server's own client programs have in common. */
final class ClientTool {
    private ClientTool() {}

    static boolean isInstalled(String program) {
        try {
            new ProcessBuilder(program, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The options that say where the server is, and who connects. */
    static List<String> place(Address address) {
        return List.of("-h", address.host(), "-p", Integer.toString(address.port()), "-U", address.user());
    }

    static void credentials(Address address, ProcessBuilder into) {
        into.environment().put("PGSSLMODE", address.sslMode().text());
        if (address.password() != null) {
            into.environment().put("PGPASSWORD", address.password());
        }
    }
}
