package dev.pgwire.docs;

import dev.pgwire.Connection;
import dev.pgwire.config.Config;
import dev.pgwire.docs.stage.DriverManager;
import dev.pgwire.docs.stage.Stage;
import dev.pgwire.testkit.TestServer;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/**
 * A block of Java on a page that uses JDBC, as the body of a method that has a connection {@code conn} of pgjdbc, whose jar the embedded
 * server brings.
 *
 * @param line the line of the page on which its first line stands, counted from 1
 * @param setup the SQL that is run before
 */
record JdbcSnippet(Path page, int line, String heading, String setup, String code) {
    private static final List<String> IMPORTS = List.of(
            "java.math.*",
            "java.sql.*",
            "java.time.*",
            "java.util.*",
            "org.postgresql.*",
            "org.postgresql.copy.*",
            "org.postgresql.largeobject.*",
            "org.postgresql.util.PGobject",
            "dev.pgwire.docs.stage.DriverManager",
            "dev.pgwire.docs.stage.System");

    private String place(long lineOfPage) {
        return page + ":" + lineOfPage;
    }

    DynamicTest test() {
        return DynamicTest.dynamicTest(
                "the JDBC of '" + heading + "' at " + place(line) + " does what the page says", this::run);
    }

    /** Compiles it, runs it, and compares what it prints with what its comments say. */
    void run() throws ReflectiveOperationException, SQLException {
        try (Stage stage = Stage.open(TestServer.shared().dsn(), "jdbc_" + line)) {
            try (Connection conn = stage.connect(Config.parse(""))) {
                conn.execute(setup);
            }
            String name = "Jdbc" + line;
            Class<?> compiled =
                    new SnippetCompiler(number -> place(number - 2 + line)).compile("snippet." + name, source(name));
            try (java.sql.Connection conn = DriverManager.getConnection("")) {
                compiled.getMethod("run", java.sql.Connection.class).invoke(null, conn);
            } catch (InvocationTargetException e) {
                throw new AssertionError(place(line) + ": " + e.getCause(), e.getCause());
            }
            Snippet.compareOutput(code, stage.printed(), i -> place(line + i));
        }
    }

    /** All before the code stands on one line. */
    private String source(String name) {
        StringBuilder source = new StringBuilder("package snippet; ");
        IMPORTS.forEach(each -> source.append("import ").append(each).append("; "));
        return source.append("public final class ")
                .append(name)
                .append(" { public static void run(Connection ")
                .append(code.contains("Connection conn =") ? "unused" : "conn")
                .append(") throws Exception {\n")
                .append(code)
                .append("\n} }\n")
                .toString();
    }
}
