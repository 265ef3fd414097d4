package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.Postgres;
import dev.pgwire.error.PgException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution's PostgreSQL on a port and in a directory of its own, for as long as the comparison takes. */
final class DistributionServer implements Server {
    private static final int PATIENCE_SECONDS = 30;
    private static final String USER = "postgres";
    /** Nothing that is written here must survive, and the tables fit into memory. */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "max_connections=200",
            "shared_buffers=768MB",
            "fsync=off",
            "full_page_writes=off",
            "autovacuum=off",
            "max_wal_size=4GB",
            "log_min_messages=fatal",
            "log_min_error_statement=fatal");

    private final Path directory;
    private final Process process;
    private final int port;

    private DistributionServer(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    static DistributionServer start(Installation installation) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("pgwire-compare");
        Path log = directory.resolve("log");
        Unprivileged.own(directory);
        run(
                log,
                installation.program("initdb"),
                "-D",
                directory.resolve("data").toString(),
                "-U",
                USER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N");
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                installation.program("postgres"),
                "-D",
                directory.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-k",
                directory.toString()));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        Process process = new ProcessBuilder(Unprivileged.command(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        DistributionServer server = new DistributionServer(directory, process, port);
        try {
            server.await(log);
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void run(Path log, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Unprivileged.command(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("initdb failed:\n" + Files.readString(log));
        }
    }

    private void await(Path log) throws IOException, InterruptedException {
        for (int tenth = 0; tenth < PATIENCE_SECONDS * 10; tenth++) {
            try {
                Postgres.connect(address().config()).close();
                return;
            } catch (PgException e) {
                if (!process.isAlive()) {
                    break;
                }
                Thread.sleep(100);
            }
        }
        throw new IOException("the server did not start:\n" + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public Address address() {
        return new Address("127.0.0.1", port, USER, null, "postgres");
    }

    @Override
    public String kind() {
        return "the distribution's server, started for this";
    }

    /** Asks the server to end at once, SIGINT, and removes what it wrote. */
    @Override
    public void close() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
