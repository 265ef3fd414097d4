package dev.pgwire.config;

import dev.pgwire.internal.config.Surroundings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Surroundings made up for a test, so that none depends on those of the machine. */
final class Around {
    private static final Path NOWHERE = Path.of("/nonexistent/pgwire");

    private Around() {}

    /** The user "me" in a home that is not there, with an environment of name, value, name, value. */
    static Surroundings of(String... environment) {
        return in(NOWHERE, environment);
    }

    /** The same with a home: its sockets are in {@code run} and {@code tmp}, the system's files in {@code etc}. */
    static Surroundings in(Path home, String... environment) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        return new Surroundings(
                variables,
                home.resolve(".pg_service.conf"),
                home.resolve(".pgpass"),
                home.resolve(".postgresql"),
                home.resolve("etc"),
                "me",
                List.of(home.resolve("run"), home.resolve("tmp")));
    }
}
