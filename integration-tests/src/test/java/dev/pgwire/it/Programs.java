package dev.pgwire.it;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of this machine, in a directory of its own that goes with it. */
final class Programs implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final List<Process> running = new ArrayList<>();
    private final Map<String, String> environment;
    private final Path directory;

    Programs(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** Where a program is; null if it is not installed. */
    static Path find(String... candidates) {
        for (String candidate : candidates) {
            if (Files.isExecutable(Path.of(candidate))) {
                return Path.of(candidate);
            }
        }
        return null;
    }

    /** Where the PATH has a program; null if it has none. */
    static Path onPath(String name) {
        return find(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name).toString())
                .toArray(String[]::new));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Runs a program to its end, with this on its standard input. */
    void run(String input, String... command) throws IOException, InterruptedException {
        Process process = builder(List.of(command)).start();
        process.getOutputStream().write(input.getBytes());
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed:\n" + log());
        }
    }

    /** Starts a program that runs until this is closed. */
    Process start(String... command) throws IOException {
        Process process = builder(List.of(command)).start();
        running.add(process);
        return process;
    }

    /** Waits until a program that was started listens on a port of this machine. */
    void awaitPort(Process process, int port) throws IOException, InterruptedException {
        while (!listens(port)) {
            if (!process.isAlive()) {
                throw new IOException("the program ended with status " + process.exitValue() + ":\n" + log());
            }
            Thread.sleep(20);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The command for the user who may run a database server: root may not. */
    static String[] unprivileged(String... command) {
        List<String> all = new ArrayList<>();
        if (ROOT) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--clear-groups"));
        }
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    /** Gives a file or directory to that user. */
    static void own(Path path) throws IOException {
        if (ROOT) {
            Files.setOwner(
                    path,
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
    }

    /** Everything that the programs wrote. */
    String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Ends what still runs, the last first, and removes the directory. */
    @Override
    public void close() throws IOException {
        try {
            for (int i = running.size() - 1; i >= 0; i--) {
                end(running.get(i));
            }
        } catch (InterruptedException e) {
            running.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** By SIGINT: a database server then ends at once, and in order. */
    private static void end(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
