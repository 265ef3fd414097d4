package dev.pgwire.benchmarks.compare.report;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.Jvm;
import dev.pgwire.benchmarks.compare.run.Placement;
import dev.pgwire.benchmarks.compare.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/** Finds out what the {@link Environment} is. */
public final class Surroundings {
    private Surroundings() {}

    /** Looks around. */
    public static Environment look(Server server, Bench bench, String command)
            throws IOException, InterruptedException {
        return new Environment(
                ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")),
                command,
                commit(),
                version(server),
                server.kind(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                String.join(" ", Jvm.FLAGS),
                Versions.all(),
                Runtime.getRuntime().availableProcessors() + " cores, " + cpu(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                bench.cores().isPossible(Placement.ONE_CORE));
    }

    private static String version(Server server) {
        try (Connection connection = Postgres.connect(server.address().config());
                Cursor cursor = connection.execute("SELECT version()")) {
            cursor.next();
            return String.valueOf(cursor.getString(0));
        }
    }

    /** What was measured last time is no change to what is measured now. */
    private static String commit() throws IOException, InterruptedException {
        String commit = output("git", "rev-parse", "--short=12", "HEAD");
        String changes = output("git", "status", "--porcelain", "--", ".", ":!docs/benchmarks");
        return (commit.isEmpty() ? "unknown" : commit) + (changes.isEmpty() ? "" : " + changes");
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output.strip() : "";
    }

    private static String cpu() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
