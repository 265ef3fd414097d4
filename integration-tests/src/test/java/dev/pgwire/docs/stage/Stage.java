package dev.pgwire.docs.stage;

import dev.pgwire.Connection;
import dev.pgwire.config.Config;
import java.util.ArrayList;
import java.util.List;

/** What a snippet of the documentation runs on: a schema of its own on a server, and a note of what it prints. */
public final class Stage implements AutoCloseable {
    private static volatile Stage current;

    private final String dsn;
    private final String schema;
    private final List<Printed> printed = new ArrayList<>();

    /**
     * A line that was printed.
     *
     * @param source the line of the snippet's source that printed it, counted from 1
     */
    public record Printed(int source, String text) {}

    private Stage(String dsn, String schema) {
        this.dsn = dsn;
        this.schema = schema;
    }

    /** Makes an empty schema, in which all connections of a snippet are from now on. */
    public static Stage open(String dsn, String schema) {
        Stage stage = new Stage(dsn, schema);
        try (Connection conn = dev.pgwire.Postgres.connect(dsn)) {
            conn.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE; CREATE SCHEMA " + schema);
        }
        current = stage;
        return stage;
    }

    static Stage current() {
        return current;
    }

    /**
     * A connection to the server of the stage, with the settings of a configuration that leads elsewhere. One that leads to
     * 127.0.0.1 is left alone: it is for a server that the snippet has started.
     */
    public Connection connect(Config config) {
        if (config.hosts().get(0).shownName().equals("127.0.0.1")) {
            return dev.pgwire.Postgres.connect(config);
        }
        Connection conn = dev.pgwire.Postgres.connect(here(config));
        // PGlite takes no options of a connection.
        conn.execute("SET search_path = " + path()).close();
        return conn;
    }

    /** A configuration that leads to the server of the stage, with the settings of one that leads elsewhere. */
    Config here(Config config) {
        Config here = Config.parse(dsn);
        Config.Builder there = config.toBuilder()
                .host(here.hosts().get(0).shownName())
                .port(here.hosts().get(0).port())
                .user(here.user())
                .database(here.database())
                .options("-c search_path=" + path());
        there.set("hostaddr", "").set("sslmode", "prefer");
        if (here.password() != null) {
            there.password(here.password());
        }
        return there.build();
    }

    /** Extensions are in public. */
    private String path() {
        return schema + ",public";
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
        try (Connection conn = dev.pgwire.Postgres.connect(dsn)) {
            conn.execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }
}
