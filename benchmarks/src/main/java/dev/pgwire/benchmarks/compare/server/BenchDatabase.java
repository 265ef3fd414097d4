package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.Extent;
import java.util.List;

/**
 * A database of the comparison's own, with its data: created at the beginning, dropped at the end.
 *
 * <p>It is set up so that what is measured is the way to the server and back: tables without a log, no flush at commit, no
 * parallel or compiled plans, and scans that always begin at the first row.
 */
public final class BenchDatabase implements AutoCloseable {
    private static final List<String> SETTINGS = List.of(
            "synchronous_commit = off",
            "synchronize_seqscans = off",
            "max_parallel_workers_per_gather = 0",
            "jit = off",
            "timezone = 'UTC'");

    private final Address server;
    private final String name;

    private BenchDatabase(Address server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Creates the database and its tables. */
    public static BenchDatabase create(Address server, Extent extent) {
        String name = "pgwire_compare_" + ProcessHandle.current().pid();
        BenchDatabase database = new BenchDatabase(server, name);
        try (Connection connection = Postgres.connect(server.config())) {
            connection.execute("DROP DATABASE IF EXISTS " + name).close();
            connection.execute("CREATE DATABASE " + name).close();
            for (String setting : SETTINGS) {
                connection.execute("ALTER DATABASE " + name + " SET " + setting).close();
            }
        }
        try (Connection connection = Postgres.connect(database.address().config())) {
            for (String sql : List.of(
                    PointTable.CREATE,
                    PointTable.FILL,
                    WideTable.create(extent),
                    TargetTable.CREATE,
                    ComposedTable.CREATE_ITEM,
                    ComposedTable.CREATE,
                    "ALTER TABLE wide SET (autovacuum_enabled = off)",
                    "ALTER TABLE target SET (autovacuum_enabled = off)",
                    // Or the first who reads the rows writes them once more.
                    "VACUUM (FREEZE, ANALYZE) point",
                    "VACUUM (FREEZE, ANALYZE) wide",
                    "VACUUM (FREEZE, ANALYZE) composed")) {
                connection.execute(sql).close();
            }
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Where it is. */
    public Address address() {
        return server.database(name);
    }

    /** Drops the database, and the sessions that are still connected to it. */
    @Override
    public void close() {
        try (Connection connection = Postgres.connect(server.config())) {
            connection
                    .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
                    .close();
            connection.execute("DROP DATABASE IF EXISTS " + name).close();
        }
    }
}
