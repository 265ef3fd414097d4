package dev.pgwire.it;

import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A pgpool-II before a server: each client has a process of it, and that a session of the server's. */
final class Pgpool implements AutoCloseable {
    private static final String PROGRAM = "pgpool";

    private final PoolerProcess process;

    private Pgpool(PoolerProcess process) {
        this.process = process;
    }

    static boolean isInstalled() {
        return PoolerProcess.isInstalled(PROGRAM);
    }

    /** Starts one that takes this number of clients at once, and waits until it listens. */
    static Pgpool start(TestServer server, int clients) throws IOException, InterruptedException {
        return new Pgpool(PoolerProcess.start(server, PROGRAM, (directory, port) -> {
            Path settings = directory.resolve("pgpool.conf");
            // The directory of its sockets has another name in older versions.
            Files.writeString(settings, """
                    backend_clustering_mode = 'streaming_replication'
                    sr_check_period = 0
                    backend_hostname0 = '%1$s'
                    backend_port0 = %2$d
                    listen_addresses = '127.0.0.1'
                    port = %3$d
                    unix_socket_directories = '%4$s'
                    socket_dir = '%4$s'
                    pcp_listen_addresses = ''
                    pcp_socket_dir = '%4$s'
                    pid_file_name = '%4$s/pgpool.pid'
                    logdir = '%4$s'
                    num_init_children = %5$d
                    max_pool = 1
                    memqcache_total_size = 1048576
                    enable_pool_hba = off
                    pool_passwd = ''
                    """.formatted(server.host(), server.port(), port, directory, clients));
            Path none = Files.createFile(directory.resolve("none"));
            return List.of("-n", "-D", "-f", settings.toString(), "-F", none.toString(), "-a", none.toString());
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
