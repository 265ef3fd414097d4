package dev.pgwire.internal.config;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration takes from around it.
 *
 * @param environment the environment variables
 * @param serviceFile the service file of the user, or null if the user has no home
 * @param passwordFile the password file of the user, or null likewise
 * @param tlsDirectory where the files of TLS are looked for, or null likewise
 * @param systemDirectory where the service file of the system is looked for
 * @param user the user of the operating system, or null if that has no name for it
 * @param socketDirectories where the socket of a local server is looked for; none on Windows
 */
public record Surroundings(
        Map<String, String> environment,
        @Nullable Path serviceFile,
        @Nullable Path passwordFile,
        @Nullable Path tlsDirectory,
        Path systemDirectory,
        @Nullable String user,
        List<Path> socketDirectories) {
    private static final String SERVICE_FILE = ".pg_service.conf";

    public static Surroundings ofThisProcess() {
        Map<String, String> environment = System.getenv();
        String user = System.getProperty("user.name", "");
        // What the JVM says of a user that the system does not know.
        String known = user.isEmpty() || user.equals("?") ? null : user;
        String system = environment.get("PGSYSCONFDIR");
        Path systemDirectory = Path.of(system == null ? "/etc/postgresql-common" : system);
        if (File.separatorChar == '\\') {
            String data = environment.getOrDefault("APPDATA", "");
            Path home = data.isEmpty() ? null : Path.of(data, "postgresql");
            return new Surroundings(
                    environment,
                    home == null ? null : home.resolve(SERVICE_FILE),
                    home == null ? null : home.resolve("pgpass.conf"),
                    home,
                    systemDirectory,
                    known,
                    List.of());
        }
        Path home = home(environment, System.getProperty("user.home", ""));
        return new Surroundings(
                environment,
                home == null ? null : home.resolve(SERVICE_FILE),
                home == null ? null : home.resolve(".pgpass"),
                home == null ? null : home.resolve(".postgresql"),
                systemDirectory,
                known,
                List.of(Path.of("/var/run/postgresql"), Path.of("/tmp")));
    }

    /**
     * The directory of the user: {@code HOME}, or else what the system knows of the user. Null if neither is an absolute path:
     * files of whatever directory the program runs in belong to no user.
     */
    public static @Nullable Path home(Map<String, String> environment, String known) {
        Path home = Path.of(environment.getOrDefault("HOME", ""));
        if (!home.isAbsolute()) {
            // Where the system knows no directory, the JVM says "?".
            home = Path.of(known);
        }
        return home.isAbsolute() ? home : null;
    }

    /** An environment variable, which may be empty; null if it is not set. */
    @Nullable
    String variable(String name) {
        return environment.get(name);
    }
}
