package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.InstalledPostgres;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The regression files through one program, each after those before it, on a server of its own: what was printed by each. */
final class RegressRun implements AutoCloseable {
    static final String DATABASE = "regression";

    /** As the server's own runner of these files has it. */
    private static final List<String> ARGUMENTS =
            List.of("-X", "-a", "-q", "-v", "HIDE_TABLEAM=on", "-v", "HIDE_TOAST_COMPRESSION=on");

    private final RegressSource source;
    private final Path results;
    private final InstalledPostgres server;

    private RegressRun(RegressSource source, Path results, InstalledPostgres server) {
        this.source = source;
        this.results = results;
        this.server = server;
    }

    /** A new server with the database in which the files run. Two of them are equal, also in the numbers of their objects. */
    static RegressRun start(RegressSource source, Path results) {
        // Without autovacuum, which works at times of its own.
        InstalledPostgres server = InstalledPostgres.builder()
                .setting("autovacuum", "off")
                .setting("max_prepared_transactions", "2")
                .setting("wal_level", "logical")
                .start();
        try (Connection connection = Postgres.connect(server.dsn())) {
            connection.cursor().executeSimple("CREATE DATABASE " + DATABASE + " TEMPLATE template0");
            for (String setting : List.of("lc_messages", "lc_monetary", "lc_numeric", "lc_time")) {
                connection.cursor().executeSimple("ALTER DATABASE " + DATABASE + " SET " + setting + " TO 'C'");
            }
            connection.cursor().executeSimple("ALTER DATABASE " + DATABASE + " SET bytea_output TO 'hex'");
            connection
                    .cursor()
                    .executeSimple("ALTER DATABASE " + DATABASE + " SET timezone_abbreviations TO 'Default'");
        }
        return new RegressRun(source, results, server);
    }

    /** Both programs are told all of it, so neither depends on the environment of these tests. */
    private String dsn(String name) {
        return "host=127.0.0.1 port=" + server.port() + " user=postgres dbname=" + DATABASE
                + " application_name=pg_regress/" + name
                + " options='-c intervalstyle=postgres_verbose -c datestyle=Postgres,MDY -c timezone=PST8PDT'";
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PG_ABS_SRCDIR", source.directory().toString());
        environment.put("PG_ABS_BUILDDIR", source.directory().toString());
        environment.put("PG_LIBDIR", "/usr/lib/postgresql/15/lib");
        environment.put("PG_DLSUFFIX", ".so");
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", results.toString());
        return environment;
    }

    byte[] psql(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("psql"));
        command.addAll(ARGUMENTS);
        command.addAll(List.of("-d", dsn(name)));
        Path out = results.resolve(name + ".psql");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(source.directory().toFile())
                .redirectInput(source.file(name).toFile())
                .redirectOutput(out.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment());
        builder.start().waitFor();
        return Files.readAllBytes(out);
    }

    byte[] console(String name) throws IOException {
        List<String> arguments = new ArrayList<>(ARGUMENTS);
        arguments.addAll(List.of("-d", dsn(name)));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(new BufferedOutputStream(printed), false, UTF_8);
        PrintStream err = new PrintStream(printed, false, UTF_8);
        Input in = new Input(
                new ByteArrayInputStream(Files.readAllBytes(source.file(name))),
                false,
                false,
                null,
                environment(),
                source.directory());
        Console.run(out, err, in, arguments.toArray(String[]::new));
        out.flush();
        Files.write(results.resolve(name + ".console"), printed.toByteArray());
        return printed.toByteArray();
    }

    @Override
    public void close() {
        server.close();
    }
}
