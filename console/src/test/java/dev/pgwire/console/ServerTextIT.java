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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console shows what the server writes, in the settings of role, database and options, as psql does. */
class ServerTextIT {
    private static final List<String> DATES = List.of(
            "-c",
            "SHOW DateStyle",
            "-c",
            "SELECT '01/02/2024'::date, '01/02/2024 12:00'::timestamp, '2024-02-01 12:00+00'::timestamptz",
            "-c",
            "RESET ALL",
            "-c",
            "SHOW DateStyle",
            "-c",
            "SET DateStyle = 'Postgres, YMD'",
            "-c",
            "SELECT '2024-02-01'::date; SELECT now() IS NULL");

    @BeforeAll
    static void createTheRole() {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            conn.execute("DROP ROLE IF EXISTS console_german");
            conn.execute("CREATE ROLE console_german LOGIN SUPERUSER");
            conn.execute("ALTER ROLE console_german SET DateStyle = 'German'");
        }
    }

    @AfterAll
    static void dropTheRole() {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            conn.execute("DROP ROLE console_german");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "user=console_german", "options='-c DateStyle=SQL,DMY'", "options='-c DateStyle=ISO,YMD'"})
    void datesAreThoseOfPsql(String extra) throws Exception {
        assumeTrue(hasPsql(), "psql is not installed");
        assertEquals(psql(extra, DATES), console(extra, DATES));
    }

    @Test
    void theStyleOfTheRoleIsPrinted() {
        assertEquals(
                "    date    \n------------\n 01.02.2024\n(1 row)\n\n",
                console("user=console_german", List.of("-c", "SELECT '01/02/2024'::date")));
    }

    /** A statement of which a rule makes several queries gives a table for each. */
    @Test
    void everyResultOfARuleIsPrinted() throws Exception {
        List<String> arguments = List.of(
                "-c",
                "CREATE TEMP TABLE ruled (a int)",
                "-c",
                "CREATE RULE r1 AS ON INSERT TO ruled DO ALSO SELECT 1 AS one",
                "-c",
                "CREATE RULE r2 AS ON INSERT TO ruled DO ALSO SELECT 2 AS two, 'x' AS x",
                "-c",
                "INSERT INTO ruled VALUES (1)",
                "-c",
                "INSERT INTO ruled VALUES (2); SELECT count(*) FROM ruled");
        String printed = console("", arguments);
        assertEquals("""
                CREATE TABLE
                CREATE RULE
                CREATE RULE
                 one\s
                -----
                   1
                (1 row)

                 two | x\s
                -----+---
                   2 | x
                (1 row)

                INSERT 0 1
                 one\s
                -----
                   1
                (1 row)

                 two | x\s
                -----+---
                   2 | x
                (1 row)

                INSERT 0 1
                 count\s
                -------
                     2
                (1 row)

                """, printed);
        if (hasPsql()) {
            assertEquals(psql("", arguments), printed);
        }
    }

    private static String console(String extra, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(TestServer.shared().dsn(extra)));
        all.addAll(arguments);
        PrintStream printed = new PrintStream(out, false, UTF_8);
        Console.run(
                printed, printed, new Input(new ByteArrayInputStream(new byte[0]), false), all.toArray(String[]::new));
        printed.flush();
        return out.toString(UTF_8);
    }

    private static String psql(String extra, List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("psql", "-X", TestServer.shared().dsn(extra)));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return out;
    }

    private static boolean hasPsql() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "psql")));
    }
}
