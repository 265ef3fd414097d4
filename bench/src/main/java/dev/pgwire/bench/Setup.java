package dev.pgwire.bench;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.bench.run.Partitions;
import dev.pgwire.config.Config;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.SqlState;
import dev.pgwire.row.Row;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at before a run.
 *
 * @param version of the server
 * @param scale of the tables, or what the command line says
 * @param partitions of the table of accounts; null if it has none, or no script is built-in
 * @param err where it is told what is done
 */
record Setup(String version, int scale, @Nullable Partitions partitions, PrintStream err) {
    private static final int PARTITIONED_FROM = 10_00_00;

    static Setup of(Config config, ScriptOptions options, PrintStream err) {
        Integer given = options.scale();
        try (Connection connection = Postgres.connect(config)) {
            int scale = given == null ? 1 : given;
            Partitions partitions = null;
            if (options.needsTables()) {
                scale = count(connection);
                partitions = partitions(connection);
                if (given != null && given != scale) {
                    err.println(
                            "pgwire bench: warning: -s " + given + " is ignored, the scale of the tables is " + scale);
                }
            }
            return new Setup(connection.serverVersion(), scale, partitions, err);
        }
    }

    private static int count(Connection connection) {
        try {
            Row row =
                    connection.execute("SELECT count(*) FROM pgbench_branches").fetchOne();
            Long branches = row == null ? null : row.get(0, Long.class);
            if (branches == null || branches == 0) {
                throw new UsageException("the table pgbench_branches is empty, expected rows: make them with -i");
            }
            return Math.toIntExact(branches);
        } catch (DatabaseException refused) {
            if (SqlState.UNDEFINED_TABLE.equals(refused.sqlState())) {
                throw new UsageException("there is no table pgbench_branches, expected one: make it with -i");
            }
            throw refused;
        }
    }

    private static @Nullable Partitions partitions(Connection connection) {
        if (connection.info().serverVersionNumber() < PARTITIONED_FROM) {
            return null;
        }
        Row row = connection
                .execute("SELECT partstrat::text, (SELECT count(*) FROM pg_inherits WHERE inhparent = partrelid)::int"
                        + " FROM pg_partitioned_table WHERE partrelid = to_regclass('pgbench_accounts')")
                .fetchOne();
        if (row == null) {
            return null;
        }
        String method = row.getString(0);
        return new Partitions("r".equals(method) ? "range" : "h".equals(method) ? "hash" : "list", row.getInt(1));
    }

    /** Clears away what the run before has left. */
    void vacuum(Config config, boolean all) {
        try (Connection connection = Postgres.connect(config)) {
            err.print("starting vacuum...");
            attempt(connection, "VACUUM pgbench_branches");
            attempt(connection, "VACUUM pgbench_tellers");
            attempt(connection, "TRUNCATE pgbench_history");
            err.println("end.");
            if (all) {
                err.print("starting vacuum pgbench_accounts...");
                attempt(connection, "VACUUM ANALYZE pgbench_accounts");
                err.println("end.");
            }
        }
    }

    private void attempt(Connection connection, String sql) {
        try {
            connection.execute(sql).close();
        } catch (DatabaseException refused) {
            err.println(refused.getMessage());
            err.println("(ignoring this error and continuing anyway)");
        }
    }
}
