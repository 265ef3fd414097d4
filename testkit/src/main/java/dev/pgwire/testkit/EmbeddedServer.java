package dev.pgwire.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An embedded PostgreSQL to be: its settings and authentication rules. Which major version it will be was decided by the
 * binaries on the class path ({@code -Dpg.version=16} in this project's build).
 */
public final class EmbeddedServer {
    private static final String USER = "postgres";
    private static final String HOST = "127.0.0.1";
    /** A second or two, unless the machine is busy; the library's own 10 s have been too short. */
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> rules = new ArrayList<>();

    EmbeddedServer() {
        settings.put("listen_addresses", HOST);
        settings.put("max_connections", "200");
        settings.put("TimeZone", "UTC");
        // The data directory does not outlive the server, so nothing is worth a flush.
        settings.put("fsync", "off");
        settings.put("synchronous_commit", "off");
        settings.put("full_page_writes", "off");
    }

    /** A server setting, as a line of postgresql.conf has it: {@code setting("password_encryption", "md5")}. */
    public EmbeddedServer setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * A line of pg_hba.conf: {@code hba("host all alice 127.0.0.1/32 scram-sha-256")}. The first line that fits counts.
     * The superuser {@code postgres} is trusted before all lines; with any line given, all other users get in only
     * through one. Without lines all users are trusted.
     */
    public EmbeddedServer hba(String line) {
        rules.add(line);
        return this;
    }

    /**
     * Starts the server and returns when it takes connections, after a second or two. It stops with the JVM
     * unless it is closed before.
     *
     * @throws IllegalStateException when it cannot be started here
     */
    public TestServer start() {
        Slf4j.start();
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(dataDirectory())
                .setPGStartupWait(STARTS_WITHIN)
                .setDataDirectoryCustomizer(this::writeRules)
                .setLocaleConfig("locale", "C");
        settings.forEach((name, value) -> builder.setServerConfig(name, shellWord(value)));
        EmbeddedPostgres postgres;
        try {
            postgres = builder.start();
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new IllegalStateException("the embedded PostgreSQL did not start: " + e.getMessage(), e);
        }
        Dsn dsn = Dsn.of(HOST, postgres.getPort(), USER, "postgres");
        return new TestServer(dsn, "embedded", ServerVersion.reportedBy(dsn), () -> stop(postgres));
    }

    private void writeRules(File dataDirectory) {
        if (rules.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("local all,replication " + USER + " trust");
        lines.add("host all,replication " + USER + " " + HOST + "/32 trust");
        lines.addAll(rules);
        try {
            Files.write(dataDirectory.toPath().resolve("pg_hba.conf"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the next start finds and removes what a killed JVM left behind. */
    private static Path dataDirectory() {
        String tmp = System.getProperty("java.io.tmpdir");
        String working = System.getProperty(
                "ot.epg.working-dir", Path.of(tmp, "embedded-pg").toString());
        return Path.of(working, UUID.randomUUID().toString());
    }

    /** pg_ctl hands the settings to a shell. */
    private static String shellWord(String value) {
        return value.matches("[A-Za-z0-9_.,:/=+-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    private static void stop(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
