package dev.pgwire.it;

import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PgBouncer before a server, in transaction mode unless told otherwise: every transaction may get another server process. */
final class PgBouncer implements AutoCloseable {
    private static final List<String> PLACES = List.of(
            "/usr/sbin/pgbouncer", "/usr/local/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer");

    private final TestServer server;
    private final int port;
    private final Path directory;
    private final Process process;

    private PgBouncer(TestServer server, int port, Path directory, Process process) {
        this.server = server;
        this.port = port;
        this.directory = directory;
        this.process = process;
    }

    static boolean isInstalled() {
        return PLACES.stream().anyMatch(place -> new File(place).canExecute());
    }

    /**
     * Starts one with so many server processes for each database and user, and waits until it listens.
     *
     * @param more lines of its configuration, which count before those that it has here
     */
    static PgBouncer start(TestServer server, int poolSize, String... more) throws IOException, InterruptedException {
        String program = PLACES.stream()
                .filter(place -> new File(place).canExecute())
                .findFirst()
                .orElseThrow();
        int port = freePort();
        Path directory = Files.createTempDirectory(
                "pgbouncer", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
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
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(unprivileged());
        command.addAll(List.of(program, settings.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        PgBouncer bouncer = new PgBouncer(server, port, directory, process);
        while (!bouncer.listens()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("PgBouncer did not start: " + Files.readString(log));
            }
            Thread.sleep(10);
        }
        return bouncer;
    }

    /** It refuses to run as root: then it runs as nobody, in the place of the process that changes the user. */
    private static List<String> unprivileged() {
        return System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                : List.of();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The DSN of the server, through this. */
    String dsn(String extra) {
        return server.dsn("host=127.0.0.1 port=" + port + " " + extra);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
