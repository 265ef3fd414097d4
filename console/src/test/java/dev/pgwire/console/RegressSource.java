package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL's own regression files, from the source of the server that Debian has installed: fetched by apt, from where the
 * machine's own sources say, into a directory outside the project.
 *
 * @param directory what is {@code src/test/regress} in the source
 */
record RegressSource(Path directory) {
    private static final Path APT = Path.of("/etc/apt");

    /**
     * Fetches it, and makes all of it readable for the user that runs the server.
     *
     * @throws IOException saying what is missing, where the source cannot be had
     */
    static RegressSource fetch(Path directory) throws IOException {
        String version = run(directory, List.of("dpkg-query", "-W", "-f", "${source:Version}", "postgresql-15"));
        List<String> apt = apt(directory);
        // Foreign archives of this machine may have no sources: what counts is whether the next step finds the one.
        try {
            run(directory, with(apt, "update", "-qq"));
        } catch (IOException incomplete) {
            Files.writeString(directory.resolve("update.log"), String.valueOf(incomplete.getMessage()));
        }
        run(directory, with(apt, "source", "-qq", "--download-only", "postgresql-15=" + version));
        Path archive = only(directory, "postgresql-15_*.orig.tar.*");
        run(
                directory,
                List.of(
                        "tar",
                        "-xf",
                        archive.toString(),
                        "--strip-components=1",
                        "--wildcards",
                        "--no-same-owner",
                        "*/src/test/regress"));
        Path regress = directory.resolve("src/test/regress");
        Files.createDirectories(regress.resolve("results"));
        Files.setPosixFilePermissions(regress.resolve("results"), PosixFilePermissions.fromString("rwxrwxrwx"));
        run(directory, List.of("chmod", "a+rX", directory.toString()));
        return new RegressSource(regress);
    }

    /** The names of the files, in the order in which they are to be run: some build upon others. */
    List<String> schedule() throws IOException {
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("parallel_schedule"))) {
            if (line.startsWith("test:")) {
                names.addAll(List.of(line.substring("test:".length()).strip().split("\\s+")));
            }
        }
        names.removeIf(name -> !Files.exists(file(name)));
        return names;
    }

    Path file(String name) {
        return directory.resolve("sql").resolve(name + ".sql");
    }

    /** An apt that knows the sources of what the machine's own sources lead to, and keeps its lists to itself. */
    private static List<String> apt(Path directory) throws IOException {
        Path parts = Files.createDirectories(directory.resolve("sources.list.d"));
        Path lists = Files.createDirectories(directory.resolve("lists/partial"));
        List<Path> own = new ArrayList<>(List.of(APT.resolve("sources.list")));
        try (Stream<Path> files = Files.list(APT.resolve("sources.list.d"))) {
            files.forEach(own::add);
        }
        for (Path file : own) {
            if (Files.exists(file)) {
                String text = Files.readString(file)
                        .replaceAll("(?m)^Types:.*$", "Types: deb-src")
                        .replaceAll("(?m)^deb(-src)?\\s", "deb-src ");
                Files.writeString(parts.resolve(file.getFileName()), text);
            }
        }
        return List.of(
                "apt-get",
                "-o",
                "Dir::Etc::sourcelist=/dev/null",
                "-o",
                "Dir::Etc::sourceparts=" + parts,
                "-o",
                "Dir::State::Lists=" + lists.getParent(),
                "-o",
                "APT::Sandbox::User=");
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return all;
    }

    private static Path only(Path directory, String glob) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> directory
                            .getFileSystem()
                            .getPathMatcher("glob:" + glob)
                            .matches(file.getFileName()))
                    .filter(file -> !file.toString().endsWith(".asc"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("apt-get source brought no " + glob));
        }
    }

    private static String run(Path directory, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() == 0) {
                return printed.strip();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException(String.join(" ", command) + " failed: " + printed);
    }
}
