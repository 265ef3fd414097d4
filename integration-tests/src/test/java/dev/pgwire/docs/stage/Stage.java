package dev.pgwire.docs.stage;

import dev.pgwire.Connection;
import dev.pgwire.config.Config;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;

/** What a snippet of the documentation runs on: a schema of its own on the shared server, and a note of what it prints. */
public final class Stage implements AutoCloseable {
    private static volatile Stage current;

    private final TestServer server = TestServer.shared();
    private final String schema;
    private final List<Printed> printed = new ArrayList<>();

    /**
     * A line that was printed.
     *
     * @param source the line of the snippet's source that printed it, counted from 1
     */
    public record Printed(int source, String text) {}

    private Stage(String schema) {
        this.schema = schema;
    }

    /** Makes an empty schema, in which all connections of a snippet are from now on. */
    public static Stage open(String schema) {
        Stage stage = new Stage(schema);
        try (Connection conn = dev.pgwire.Postgres.connect(stage.server.dsn())) {
            conn.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE; CREATE SCHEMA " + schema);
        }
        current = stage;
        return stage;
    }

    static Stage current() {
        return current;
    }

    /**
     * A connection to the test server, with the settings of a configuration that leads elsewhere. One that leads to 127.0.0.1
     * is left alone: it is for a server that the snippet has started.
     */
    public Connection connect(Config config) {
        if (config.hosts().get(0).shownName().equals("127.0.0.1")) {
            return dev.pgwire.Postgres.connect(config);
        }
        Config here = Config.parse(server.dsn());
        Config.Builder there = config.toBuilder()
                .host(here.hosts().get(0).shownName())
                .port(server.port())
                .user(server.user())
                .database(server.database())
                .options("-c search_path=" + schema);
        there.set("hostaddr", "").set("sslmode", "prefer");
        if (here.password() != null) {
            there.password(here.password());
        }
        return dev.pgwire.Postgres.connect(there.build());
    }

    synchronized void print(int source, String text) {
        printed.add(new Printed(source, text));
    }

    /** What was printed so far. */
    public synchronized List<Printed> printed() {
        return List.copyOf(printed);
    }

    /** Removes the schema. */
    @Override
    public void close() {
        try (Connection conn = dev.pgwire.Postgres.connect(server.dsn())) {
            conn.execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }
}
