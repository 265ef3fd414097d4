package dev.pgwire.internal.config;

import dev.pgwire.error.InterfaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The connection service file (PostgreSQL manual, 32.17): a {@code [name]} for each service, behind it its values as {@code
 * keyword=value}, one in a line, without quotes. {@code #} begins a comment.
 */
final class ServiceFile {
    private final Path file;
    private final String service;
    private final Settings settings;

    private ServiceFile(Path file, String service, Settings settings) {
        this.file = file;
        this.service = service;
        this.settings = settings;
    }

    /** Adds the values of the service that is asked for, if one is, under the keywords that have none yet. */
    static void addService(Settings settings, Surroundings around) {
        String service = valueOr(settings, Keyword.SERVICE, around.variable("PGSERVICE"));
        if (service == null) {
            return;
        }
        String named = valueOr(settings, Keyword.SERVICEFILE, around.variable("PGSERVICEFILE"));
        Path own = named != null ? path(named) : around.serviceFile();
        Path ofSystem = around.systemDirectory().resolve("pg_service.conf");
        boolean found =
                own != null && (named != null || Files.exists(own)) && new ServiceFile(own, service, settings).read();
        if (!found && Files.exists(ofSystem)) {
            found = new ServiceFile(ofSystem, service, settings).read();
        }
        if (!found) {
            throw new InterfaceException("definition of service \"" + service + "\" not found, expected [" + service
                    + "] in " + (own == null ? "" : "\"" + own + "\" or ") + "\"" + ofSystem + "\"");
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException invalid) {
            throw new InterfaceException("the name of the service file is invalid, expected that of a file");
        }
    }

    private static @Nullable String valueOr(Settings settings, Keyword keyword, @Nullable String unless) {
        return settings.has(keyword) ? settings.value(keyword) : unless;
    }

    /** Whether the file has the service. */
    private boolean read() {
        String[] lines = lines();
        boolean found = false;
        for (int i = 0; i < lines.length; i++) {
            String line = CSpace.strip(lines[i]);
            if (line.startsWith("[")) {
                if (found) {
                    return true;
                }
                found = line.startsWith(service + "]", 1);
            } else if (found && !line.isEmpty() && line.charAt(0) != '#') {
                value(line, i + 1);
            }
        }
        return found;
    }

    /** The first of several values counts, other than in a connection string. */
    private void value(String line, int number) {
        if (line.startsWith("ldap")) {
            throw error("a look-up by LDAP", number, "keyword=value: LDAP is not spoken here");
        }
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw error("a syntax error", number, "keyword=value");
        }
        String name = line.substring(0, equals);
        if (name.equals("service") || name.equals("servicefile")) {
            throw error("a nested " + name + " specification", number, "none inside a service");
        }
        Keyword keyword = Keyword.find(name);
        if (keyword == null) {
            throw error("a syntax error (an unknown keyword)", number, "keyword=value without spaces around the =");
        }
        if (!settings.has(keyword)) {
            settings.put(keyword, line.substring(equals + 1), "service file " + file);
        }
    }

    private InterfaceException error(String what, int line, String expected) {
        return new InterfaceException(
                "the service file \"" + file + "\" has " + what + " in line " + line + ", expected " + expected);
    }

    private String[] lines() {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n");
        } catch (IOException unreadable) {
            throw new InterfaceException(
                    "service file \"" + file + "\" not found, expected one that can be read", unreadable);
        }
    }
}
