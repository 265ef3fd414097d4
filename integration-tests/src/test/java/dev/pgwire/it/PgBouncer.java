package dev.pgwire.it;

import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A PgBouncer before a server, in transaction mode unless told otherwise: every transaction may get another server process. */
final class PgBouncer implements AutoCloseable {
    private static final String PROGRAM = "pgbouncer";

    private final PoolerProcess process;

    private PgBouncer(PoolerProcess process) {
        this.process = process;
    }

    static boolean isInstalled() {
        return PoolerProcess.isInstalled(PROGRAM);
    }

    /**
     * Starts one with so many server processes for each database and user, and waits until it listens.
     *
     * @param more lines of its configuration, which count before those that it has here
     */
    static PgBouncer start(TestServer server, int poolSize, String... more) throws IOException, InterruptedException {
        return new PgBouncer(PoolerProcess.start(server, PROGRAM, (directory, port) -> {
            Path users = directory.resolve("users.txt");
            Files.writeString(users, '"' + server.user() + "\" \"\"\n");
            Path settings = directory.resolve("pgbouncer.ini");
            Files.writeString(settings, """
                    [databases]
                    * = host=%s port=%d
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = trust
                    auth_file = %s
                    pool_mode = transaction
                    default_pool_size = %d
                    max_client_conn = 200
                    admin_users = %s
                    ignore_startup_parameters =
                    %s
                    """.formatted(
                    server.host(), server.port(), port, users, poolSize, server.user(), String.join("\n", more)));
            return List.of(settings.toString());
        }));
    }

    /** The DSN of the server, through this. */
    String dsn(String extra) {
        return process.dsn(extra);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
