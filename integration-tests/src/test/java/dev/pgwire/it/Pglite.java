package dev.pgwire.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * PGlite, a PostgreSQL in one process of Node.js, behind its socket server. All clients share its only session one after the
 * other: what one of them leaves there, statements and settings, the next one finds.
 */
public final class Pglite implements AutoCloseable {
    private static final int CLIENTS = 10;
    private static final long INSTALLS_WITHIN_SECONDS = 300;
    private static final Path PINNED = Path.of("src/test/node/pglite");
    private static final Path INSTALLED = Path.of("target/pglite");
    private static final Path SERVER =
            INSTALLED.resolve("node_modules/@electric-sql/pglite-socket/dist/scripts/server.js");
    private static final String LOCK = "package-lock.json";

    private final Programs programs;
    private final int port;

    private Pglite(Programs programs, int port) {
        this.programs = programs;
        this.port = port;
    }

    /** What is not here, so that none can be started; empty if all is. Has npm install the pinned versions at the first call. */
    public static String missing() throws IOException, InterruptedException {
        if (Programs.onPath("node") == null) {
            return "node is missing: apt-get install nodejs npm";
        }
        if (isInstalled()) {
            return "";
        }
        Path npm = Programs.onPath("npm");
        if (npm == null) {
            return "@electric-sql/pglite-socket is missing, and so is npm to install it: apt-get install npm";
        }
        String failure = install(npm);
        return failure.isEmpty() ? "" : "@electric-sql/pglite-socket is missing, and npm ci failed:\n" + failure;
    }

    private static boolean isInstalled() throws IOException {
        Path lock = INSTALLED.resolve(LOCK);
        return Files.exists(SERVER) && Files.exists(lock) && Files.mismatch(lock, PINNED.resolve(LOCK)) == -1;
    }

    private static String install(Path npm) throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", LOCK, ".npmrc")) {
            Files.copy(PINNED.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path log = INSTALLED.resolve("npm.log");
        Process ci = new ProcessBuilder(npm.toString(), "ci")
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!ci.waitFor(INSTALLS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            ci.destroyForcibly();
            return "not done within " + INSTALLS_WITHIN_SECONDS + " s";
        }
        return ci.exitValue() == 0 ? "" : Files.readString(log);
    }

    /** Starts an empty one in memory that has pgvector at hand, and waits until it listens. */
    public static Pglite start() throws IOException, InterruptedException {
        Programs programs = new Programs(Files.createTempDirectory("pgwire-pglite"), Map.of());
        int port = Programs.freePort();
        try {
            Process process = programs.start(
                    Programs.onPath("node").toString(),
                    SERVER.toAbsolutePath().toString(),
                    "--port=" + port,
                    "--extensions=@electric-sql/pglite-pgvector:vector",
                    // By default it refuses a second client.
                    "--max-connections=" + CLIENTS);
            programs.awaitPort(process, port);
            return new Pglite(programs, port);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            programs.close();
            throw failure;
        }
    }

    /** It has no other user and asks for no password. */
    public String dsn(String extra) {
        return "host=127.0.0.1 user=postgres dbname=postgres port=" + port + " " + extra;
    }

    @Override
    public void close() throws IOException {
        programs.close();
    }
}
