package dev.pgwire.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** QuestDB, which speaks the protocol and a dialect of SQL, but is no PostgreSQL: it has hardly a catalog. */
final class QuestDb implements AutoCloseable {
    private static final Path JAR = Path.of("target/questdb/questdb.jar");

    private final Programs programs;
    private final int port;

    private QuestDb(Programs programs, int port) {
        this.programs = programs;
        this.port = port;
    }

    /** What is not here, so that none can be started; empty if all is. */
    static String missing() {
        return Files.exists(JAR) ? "" : "org.questdb:questdb is missing, expected " + JAR + " from mvn verify";
    }

    /** Starts an empty one in a JVM of its own, with nothing but this protocol, and waits until it listens. */
    static QuestDb start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("pgwire-questdb");
        Programs programs = new Programs(directory, Map.of());
        int port = Programs.freePort();
        // Two workers: a cancel request must find one that is not busy. Pages of 16 MB for each column fill the disk.
        Files.writeString(Files.createDirectory(directory.resolve("conf")).resolve("server.conf"), """
                pg.net.bind.to=127.0.0.1:%d
                pg.worker.count=2
                shared.worker.count=1
                http.enabled=false
                http.min.enabled=false
                line.tcp.enabled=false
                telemetry.enabled=false
                cairo.writer.data.append.page.size=256K
                cairo.system.writer.data.append.page.size=64K
                """.formatted(port));
        try {
            Process process = programs.start(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-cp",
                    JAR.toAbsolutePath().toString(),
                    "io.questdb.ServerMain",
                    "-d",
                    directory.toString());
            programs.awaitPort(process, port);
            return new QuestDb(programs, port);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            programs.close();
            throw failure;
        }
    }

    /** With its first user and that one's password, as it is installed. */
    String dsn(String extra) {
        return "host=127.0.0.1 user=admin password=quest dbname=qdb port=" + port + " " + extra;
    }

    @Override
    public void close() throws IOException {
        programs.close();
    }
}
