package dev.pgwire.benchmarks.compare.report;

import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.run.Jvm;
import io.netty.util.Version;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;

/** The versions of all that takes part, as their jars have them. */
final class Versions {
    private Versions() {}

    static Map<String, String> all() throws IOException, InterruptedException {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("pgwire", jar(Postgres.class));
        versions.put("pgjdbc", jar(org.postgresql.Driver.class));
        versions.put("HikariCP", jar(com.zaxxer.hikari.HikariDataSource.class));
        versions.put("vertx-pg-client", jar(io.vertx.pgclient.PgConnection.class));
        versions.put("r2dbc-postgresql", jar(io.r2dbc.postgresql.PostgresqlConnectionFactory.class));
        versions.put("pgbench", pgbench());
        Version netty = Version.identify().get("netty-common");
        versions.put("Netty", netty == null ? "unknown" : netty.artifactVersion());
        Jvm.home(true).ifPresent(home -> versions.put("Java of P16", release(home)));
        versions.put("JMH", jar(Benchmark.class));
        return versions;
    }

    /** The version in the name of the jar that has a class. */
    private static String jar(Class<?> type) {
        URL place = type.getProtectionDomain().getCodeSource().getLocation();
        String file = Path.of(place.getPath()).getFileName().toString();
        return file.replaceFirst("^.*?-(\\d.*)\\.jar$", "$1");
    }

    /** The version that a Java tells of itself in a file. */
    private static String release(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceFirst("^JAVA_VERSION=\"(.*)\"$", "$1"))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException unreadable) {
            return "unknown";
        }
    }

    private static String pgbench() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("pgbench", "--version").start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output.strip().replaceFirst("^pgbench \\(PostgreSQL\\) ", "");
        } catch (IOException e) {
            return "not installed";
        }
    }
}
