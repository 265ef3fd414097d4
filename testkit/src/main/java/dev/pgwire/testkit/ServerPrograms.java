package dev.pgwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The programs of an installation, run by a user who may, in a directory that is his. */
final class ServerPrograms {
    private final Installation installation;
    private final Path directory;

    private ServerPrograms(Installation installation, Path directory) {
        this.installation = installation;
        this.directory = directory;
    }

    static ServerPrograms inNewDirectory(Installation installation) {
        try {
            Path directory = Files.createTempDirectory("pgwire-server");
            Unprivileged.own(directory);
            return new ServerPrograms(installation, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path logFile() {
        return directory.resolve("log");
    }

    /** Runs a program to its end, which must be a good one. */
    void run(String program, String... arguments) {
        try {
            if (start(program, arguments).waitFor() != 0) {
                throw new IllegalStateException(program + " failed:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Starts a program. */
    Process start(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(installation.program(program)));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(Unprivileged.command(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts lines before those of a file. */
    void prepend(Path file, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        try {
            List<String> all = new ArrayList<>(lines);
            all.addAll(Files.readAllLines(file));
            Files.write(file, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that only the server's user reads. */
    Path secret(String name, String text) {
        try {
            Path file = Files.writeString(directory.resolve(name), text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Unprivileged.own(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void removeDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
