package dev.pgwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that the machine's distribution has installed, on a port and in a directory of its own: it has what the
 * embedded one lacks, such as GSSAPI and {@code pg_basebackup}. Any user of this machine may connect, unless rules say
 * otherwise.
 */
public final class InstalledPostgres implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String USER = "postgres";
    private static final int PATIENCE_SECONDS = 30;
    /** In postmaster.pid, where the server writes how far it is. */
    private static final int STATUS_LINE = 7;

    private final ServerPrograms programs;
    private final int port;
    private final List<String> arguments;
    private Process process;

    private InstalledPostgres(ServerPrograms programs, int port, List<String> arguments) {
        this.programs = programs;
        this.port = port;
        this.arguments = List.copyOf(arguments);
        this.process = run();
    }

    private Process run() {
        return programs.start("postgres", arguments.toArray(String[]::new));
    }

    /** Whether one is installed here. */
    public static boolean isInstalled() {
        return Installation.find() != null;
    }

    /** A server to be. */
    public static Builder builder() {
        return new Builder();
    }

    /** The DSN of a superuser, over TCP. */
    public String dsn() {
        return Dsn.of(HOST, port, USER, "postgres").toString();
    }

    /** The TCP port, and the number in the name of the Unix socket. */
    public int port() {
        return port;
    }

    /** Where its Unix socket is. */
    public Path socketDirectory() {
        return programs.directory();
    }

    /** What the server wrote so far. */
    public String log() {
        return programs.log();
    }

    /** Makes a primary of a standby, and returns when it is one. */
    public void promote() {
        programs.run("pg_ctl", "promote", "-w", "-D", data(programs));
    }

    /** Asks the server to end at once, SIGINT. Its directory stays until {@link #close}. */
    public void stop() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the server that was stopped, on the same port and with the same data, and returns when it takes connections. */
    public void startAgain() {
        process = run();
        await();
    }

    /** Stops the server, if it runs, and removes what it wrote. */
    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        programs.removeDirectory();
    }

    private static String data(ServerPrograms programs) {
        return programs.directory().resolve("data").toString();
    }

    /** Settings and rules of a server to be. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final List<String> rules = new ArrayList<>();
        private @Nullable InstalledPostgres primary;
        private @Nullable String certificate;
        private @Nullable String key;

        private Builder() {
            settings.put("listen_addresses", HOST);
            // Nothing that is written here must survive.
            settings.put("fsync", "off");
            settings.put("full_page_writes", "off");
        }

        /** A server setting. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** A line of pg_hba.conf, which counts before those that trust all users. */
        public Builder hba(String line) {
            rules.add(line);
            return this;
        }

        /** Has it speak TLS, with a certificate and its key in PEM. */
        public Builder certificate(String certificate, String key) {
            this.certificate = certificate;
            this.key = key;
            return this;
        }

        /** Has it follow another server, from a copy of that one's data. */
        public Builder standbyOf(InstalledPostgres primary) {
            this.primary = primary;
            return this;
        }

        /**
         * Starts the server, and returns when it takes connections.
         *
         * @throws IllegalStateException if none is installed, or it does not start
         */
        public InstalledPostgres start() {
            Installation installation = Installation.find();
            if (installation == null) {
                throw new IllegalStateException("no PostgreSQL server is installed here");
            }
            ServerPrograms programs = ServerPrograms.inNewDirectory(installation);
            String data = data(programs);
            InstalledPostgres followed = primary;
            if (followed == null) {
                programs.run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
            } else {
                programs.run(
                        "pg_basebackup",
                        "-D",
                        data,
                        "-h",
                        HOST,
                        "-p",
                        Integer.toString(followed.port),
                        "-U",
                        USER,
                        "-R",
                        "-X",
                        "stream",
                        "-c",
                        "fast");
            }
            programs.prepend(Path.of(data, "pg_hba.conf"), rules);
            int port = freePort();
            List<String> arguments = new ArrayList<>(List.of(
                    "-D",
                    data,
                    "-p",
                    Integer.toString(port),
                    "-k",
                    programs.directory().toString()));
            if (certificate != null && key != null) {
                setting("ssl", "on");
                setting(
                        "ssl_cert_file",
                        programs.secret("server.crt", certificate).toString());
                setting("ssl_key_file", programs.secret("server.key", key).toString());
            }
            settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
            InstalledPostgres server = new InstalledPostgres(programs, port, arguments);
            try {
                server.await();
                return server;
            } catch (RuntimeException failed) {
                server.close();
                throw failed;
            }
        }
    }

    private void await() {
        Path status = Path.of(data(programs), "postmaster.pid");
        try {
            for (int tenth = 0; tenth < PATIENCE_SECONDS * 10 && process.isAlive(); tenth++) {
                if (Files.exists(status)) {
                    List<String> lines = Files.readAllLines(status);
                    if (lines.size() > STATUS_LINE
                            && lines.get(STATUS_LINE).strip().equals("ready")) {
                        return;
                    }
                }
                Thread.sleep(100);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the installed PostgreSQL did not start:\n" + log());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
