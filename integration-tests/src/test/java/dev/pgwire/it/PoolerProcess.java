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
import org.jspecify.annotations.Nullable;

/** The process of a pooler before a server, and the directory that it has for itself. */
final class PoolerProcess implements AutoCloseable {
    private static final List<String> PLACES =
            List.of("/usr/sbin/", "/usr/local/sbin/", "/usr/bin/", "/usr/local/bin/");

    private final TestServer server;
    private final int port;
    private final Path directory;
    private final Process process;

    /** Writes the configuration of a pooler, and says with which arguments it reads that. */
    interface Settings {
        List<String> write(Path directory, int port) throws IOException;
    }

    private PoolerProcess(TestServer server, int port, Path directory, Process process) {
        this.server = server;
        this.port = port;
        this.directory = directory;
        this.process = process;
    }

    static boolean isInstalled(String program) {
        return find(program) != null;
    }

    private static @Nullable String find(String program) {
        for (String place : PLACES) {
            if (new File(place + program).canExecute()) {
                return place + program;
            }
        }
        return null;
    }

    /** Starts a pooler, and waits until it listens. */
    static PoolerProcess start(TestServer server, String program, Settings settings)
            throws IOException, InterruptedException {
        String found = find(program);
        if (found == null) {
            throw new IllegalStateException(program + " is not installed, expected that the test has looked");
        }
        int port = freePort();
        Path directory = Files.createTempDirectory(
                program, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        List<String> command = new ArrayList<>(unprivileged());
        if (!command.isEmpty()) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        command.add(found);
        command.addAll(settings.write(directory, port));
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        PoolerProcess pooler = new PoolerProcess(server, port, directory, process);
        while (!pooler.listens()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(program + " did not start: " + Files.readString(log));
            }
            Thread.sleep(10);
        }
        return pooler;
    }

    /** Poolers refuse to run as root. A process of root becomes the user {@code nobody}, and then the pooler. */
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
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
