package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The console against transcripts that psql 15 printed, and where psql is installed, against psql itself.
 *
 * <p>{@code -Dtranscripts=record} has psql print them again.
 */
class ConsoleIT {
    private static final Path RESOURCES = Path.of("src/test/resources/dev/pgwire/console");
    private static final List<Path> TRANSCRIPTS = Stream.of("psql", "commands", "notifications", "passwords", "pager")
            .map(name -> RESOURCES.resolve(name + ".txt"))
            .toList();
    private static final String DATABASE = "console_it";

    @TempDir
    static Path directory;

    private static String dsn = "";

    @BeforeAll
    static void createTheDatabase() throws IOException {
        TestServer server = TestServer.shared();
        try (Connection connection = Postgres.connect(server.dsn())) {
            connection.cursor().executeSimple("DROP DATABASE IF EXISTS " + DATABASE);
            connection.cursor().executeSimple("CREATE DATABASE " + DATABASE);
        }
        dsn = server.dsn("dbname=" + DATABASE);
        try (Connection connection = Postgres.connect(dsn)) {
            connection.cursor().executeSimple(Files.readString(RESOURCES.resolve("schema.sql")));
        }
        if ("record".equals(System.getProperty("transcripts"))) {
            record();
        }
    }

    @AfterAll
    static void dropTheDatabase() {
        try (Connection connection = Postgres.connect(TestServer.shared().dsn())) {
            connection.cursor().executeSimple("DROP DATABASE IF EXISTS " + DATABASE);
        }
    }

    static Stream<Transcript> transcripts() {
        return TRANSCRIPTS.stream().flatMap(file -> Transcript.read(file).stream());
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void consolePrintsWhatPsqlPrinted(Transcript transcript) throws IOException {
        assertEquals(transcript.outcome(), console(transcript));
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void consolePrintsWhatPsqlPrints(Transcript transcript) throws Exception {
        assumeTrue(hasPsql(), "psql is not installed");
        assertEquals(psql(transcript), console(transcript));
    }

    static String console(Transcript transcript) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Console.run(
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                new Input(new ByteArrayInputStream(transcript.bytes("in")), false),
                arguments(transcript).toArray(String[]::new));
        return outcome(out, err, exit);
    }

    /** Without a terminal, at which it would ask for passwords. */
    static String psql(Transcript transcript) throws Exception {
        List<String> command = new ArrayList<>(List.of("setsid", "--wait", "psql", "-X"));
        command.addAll(arguments(transcript));
        Path in = Files.write(directory.resolve("in"), transcript.bytes("in"));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        int exit = builder.start().waitFor();
        return outcome(bytes(out), bytes(err), exit);
    }

    private static ByteArrayOutputStream bytes(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Files.readAllBytes(file));
        return bytes;
    }

    /** The words of the transcript; FILE is its file, DSN the server. */
    private static List<String> arguments(Transcript transcript) throws IOException {
        Path file = Files.write(directory.resolve("t.sql"), transcript.bytes("file"));
        List<String> arguments = new ArrayList<>(List.of(dsn));
        for (String argument : transcript.arguments()) {
            arguments.add(argument.replace("FILE", file.toString()));
        }
        return arguments;
    }

    private static String outcome(ByteArrayOutputStream out, ByteArrayOutputStream err, int exit) {
        return Transcript.outcome(plain(out), plain(err), Integer.toString(exit));
    }

    /** What differs from run to run is made the same. */
    private static String plain(ByteArrayOutputStream bytes) {
        return Transcript.shown(bytes.toByteArray())
                .replace(directory + "/", "")
                .replaceAll("(?m)^psql: ", "pgwire: ")
                .replaceAll("at port \"\\d+\"", "at port \"5432\"")
                .replaceAll("with PID \\d+", "with PID 4711")
                .replaceAll("(?m)^Time: [0-9.]+ ms$", "Time: 1.234 ms");
    }

    static boolean hasPsql() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "psql")));
    }

    private static void record() throws IOException {
        for (Path file : TRANSCRIPTS) {
            StringBuilder text = new StringBuilder();
            for (Transcript transcript : Transcript.read(file)) {
                try {
                    text.append(transcript.with(psql(transcript)));
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
            Files.writeString(file, text);
        }
    }
}
