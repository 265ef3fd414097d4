package dev.pgwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The programs of a PostgreSQL server that a distribution installed. */
record Installation(Path programs) {
    /** Where Debian's and Red Hat's packages put each version. */
    private static final List<Path> PARENTS = List.of(Path.of("/usr/lib/postgresql"), Path.of("/usr"));

    /** The newest one; null if there is none. */
    static @Nullable Installation find() {
        List<Path> found = new ArrayList<>();
        for (Path parent : PARENTS) {
            if (Files.isDirectory(parent)) {
                try (Stream<Path> versions = Files.list(parent)) {
                    versions.map(version -> version.resolve("bin"))
                            .filter(Installation::isServer)
                            .forEach(found::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        for (String directory : System.getenv("PATH").split(":")) {
            if (isServer(Path.of(directory))) {
                found.add(Path.of(directory));
            }
        }
        return found.stream()
                .max(Comparator.comparingInt(Installation::version))
                .map(Installation::new)
                .orElse(null);
    }

    private static boolean isServer(Path directory) {
        return Files.isExecutable(directory.resolve("initdb")) && Files.isExecutable(directory.resolve("postgres"));
    }

    /** The version in the path, {@code 15} of {@code postgresql/15/bin} or {@code pgsql-15/bin}; 0 if there is none. */
    private static int version(Path directory) {
        @Nullable Path parent = directory.getParent();
        String digits = parent == null ? "" : parent.getFileName().toString().replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    String program(String name) {
        return programs.resolve(name).toString();
    }
}
