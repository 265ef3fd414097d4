package dev.pgwire.docs;

import dev.pgwire.Connection;
import dev.pgwire.docs.stage.Stage;
import dev.pgwire.testkit.TestServer;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;

/**
 * A block of Java on a page, as the body of a method that has a connection {@code conn} unless it makes one.
 *
 * @param line the line of the page on which its first line stands, counted from 1
 * @param server what the server must have that it runs on; empty for the one of all tests
 * @param setup the SQL that is run before
 */
record Snippet(
        Path page, int line, String heading, String server, String setup, String before, String code, String after) {
    private static final Pattern PRINTS = Pattern.compile(".*System\\.out(?:\\.|::)println.*?;\\s*// (.+)");
    private static final List<String> PACKAGES = List.of(
            "java.math.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.stream.*",
            "dev.pgwire.*",
            "dev.pgwire.async.*",
            "dev.pgwire.config.*",
            "dev.pgwire.pool.*",
            // One by one: a Path of this package is none of files.
            "dev.pgwire.type.Codec",
            "dev.pgwire.type.Conversion",
            "dev.pgwire.type.Inet",
            "dev.pgwire.type.Interval",
            "dev.pgwire.type.Multirange",
            "dev.pgwire.type.PgArray",
            "dev.pgwire.type.Range",
            "dev.pgwire.type.TypeRef",
            "dev.pgwire.error.*",
            "dev.pgwire.laboratory.capture.*",
            "dev.pgwire.laboratory.proxy.*",
            // One by one: Column and Rows are those of results.
            "dev.pgwire.laboratory.server.AuthenticationMethod",
            "dev.pgwire.laboratory.server.Reply",
            "dev.pgwire.laboratory.server.Server",
            "dev.pgwire.laboratory.replay.*",
            "dev.pgwire.notification.*",
            "dev.pgwire.observe.*",
            "dev.pgwire.protocol.*",
            "dev.pgwire.protocol.backend.*",
            "dev.pgwire.protocol.dialogue.*",
            "dev.pgwire.protocol.frontend.*",
            "dev.pgwire.recipes.*",
            "dev.pgwire.row.*",
            "dev.pgwire.sql.*",
            "dev.pgwire.testkit.*",
            "com.fasterxml.jackson.databind.JsonNode",
            "com.fasterxml.jackson.databind.ObjectMapper",
            // A class that is named hides those of a whole package.
            "dev.pgwire.docs.stage.Postgres",
            "dev.pgwire.docs.stage.System");

    /** Its place, as editors understand it. */
    String place() {
        return place(line);
    }

    private String place(int lineOfPage) {
        return page + ":" + lineOfPage;
    }

    private String name() {
        return page.getFileName().toString().replaceAll("\\W", "_").toLowerCase(Locale.ROOT) + "_" + line;
    }

    /** A test by its heading and place. */
    DynamicTest test(String dsn) {
        return DynamicTest.dynamicTest(
                "the snippet of '" + heading + "' at " + place() + " does what the page says", () -> run(dsn));
    }

    /** Runs it on the server of all tests. */
    void run() throws Exception {
        run(TestServer.shared().dsn());
    }

    /** Compiles it, runs it in a schema of its own, and compares what it prints with what its comments say. */
    private void run(String dsn) throws Exception {
        try (Stage stage = Stage.open(dsn, "docs_" + name())) {
            Class<?> compiled = new SnippetCompiler(this::lineOfPage).compile("snippet." + name(), source());
            try (Connection conn = stage.connect(dev.pgwire.config.Config.parse(""))) {
                if (!setup.isBlank()) {
                    conn.execute(setup);
                }
                compiled.getMethod("run", Connection.class).invoke(null, conn);
            } catch (InvocationTargetException e) {
                throw new AssertionError(failure(e.getCause()), e.getCause());
            }
            compareOutput(code, stage.printed(), i -> place(line + i));
        }
    }

    /** Everything before the code stands on one line, so that lines need only be shifted. */
    private String source() {
        StringBuilder source = new StringBuilder("package snippet; ");
        PACKAGES.forEach(name -> source.append("import ").append(name).append("; "));
        source.append("public final class ").append(name()).append(" { public static void run(Connection ");
        source.append(code.contains("Connection conn =") ? "unused" : "conn");
        source.append(") throws Exception { ")
                .append(before.replaceAll("\\s*\\n\\s*", " "))
                .append('\n');
        source.append(code).append('\n').append(after.replaceAll("\\s*\\n\\s*", " "));
        return source.append("\n} }\n").toString();
    }

    private String lineOfPage(long lineOfSource) {
        return place((int) lineOfSource - 2 + line);
    }

    private String failure(Throwable cause) {
        for (StackTraceElement element : cause.getStackTrace()) {
            if (element.getClassName().startsWith("snippet.")) {
                return lineOfPage(element.getLineNumber()) + ": " + cause;
            }
        }
        return place() + ": " + cause;
    }

    /** Compares what the lines of a snippet print, which begin at the second line of its source, with their comments. */
    static void compareOutput(String code, List<Stage.Printed> printed, IntFunction<String> place) {
        List<String> lines = code.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher prints = PRINTS.matcher(lines.get(i));
            int source = i + 2;
            if (prints.matches()) {
                compare(
                        place.apply(i),
                        prints.group(1),
                        printed.stream()
                                .filter(one -> one.source() == source)
                                .map(Stage.Printed::text)
                                .findFirst());
            }
        }
    }

    /** The first line that a statement prints must be what the comment behind it says, where {@code ...} is anything. */
    static void compare(String place, String comment, Optional<String> printed) {
        String actual = printed.orElseThrow(() -> new AssertionError(place + ": prints nothing"));
        String expected = comment.strip();
        String pattern = "\\Q" + expected.replace("...", "\\E.*\\Q") + "\\E";
        if (!Pattern.compile(pattern, Pattern.DOTALL).matcher(actual).matches()) {
            throw new AssertionError(place + ": prints " + actual + ", but the page says " + expected);
        }
    }
}
