package dev.pgwire.bench;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;

/** A database of a test's own, on the server that all share. */
record BenchDatabase(String name) {
    static BenchDatabase made(String name) {
        BenchDatabase database = new BenchDatabase(name);
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            admin.execute("DROP DATABASE IF EXISTS " + name);
            admin.execute("CREATE DATABASE " + name);
        }
        return database;
    }

    String dsn() {
        return TestServer.shared().dsn("dbname=" + name);
    }

    void execute(String sql) {
        try (Connection connection = Postgres.connect(dsn())) {
            connection.execute(sql);
        }
    }

    /** The only number that a query gives. */
    long number(String sql) {
        try (Connection connection = Postgres.connect(dsn())) {
            Row row = connection.execute(sql).fetchOne();
            return row == null ? -1 : row.getLong(0);
        }
    }

    void drop() {
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            admin.execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }
}
