package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which: read from the sources, not from good intentions. */
class LayeringTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path CLASSES = Path.of("target/classes");
    private static final List<Path> MODULES = List.of(Path.of("../protocol"), Path.of("../driver"));

    /** Those whose rooms stand in the table. */
    private static final List<Path> TABLED =
            List.of(Path.of("../protocol"), Path.of("../driver"), Path.of("../laboratory"), Path.of("../bench"));

    /** Those whose rooms and files are counted as those of the driver are. */
    private static final List<Path> BESIDE =
            List.of(Path.of("../laboratory"), Path.of("../testkit"), Path.of("../bench"), Path.of("../console"));

    /** For each package of ours those of ours that it may use; {@code *} stands for everything below. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("laboratory", Set.of()),
            Map.entry("laboratory.socket", Set.of("protocol.dialogue", "protocol.frontend")),
            Map.entry("laboratory.proxy", Set.of("laboratory.socket", "protocol", "protocol.*")),
            Map.entry("laboratory.server", Set.of("laboratory.socket", "protocol", "protocol.*")),
            Map.entry("laboratory.replay", Set.of("laboratory.proxy", "laboratory.socket", "protocol", "protocol.*")),
            Map.entry("laboratory.capture.file", Set.of()),
            Map.entry("laboratory.capture.network", Set.of("laboratory.capture.file")),
            Map.entry("laboratory.capture.stream", Set.of("laboratory.capture.network")),
            Map.entry("laboratory.capture", Set.of("laboratory.capture.*", "protocol", "protocol.*")),
            Map.entry("bench.script", Set.of()),
            Map.entry("bench.run", Set.of("bench.script", "", "async", "config", "error", "pool", "protocol", "row")),
            Map.entry("bench.report", Set.of("bench.run", "bench.script")),
            Map.entry(
                    "bench", Set.of("bench.report", "bench.run", "bench.script", "", "config", "error", "row", "sql")),
            Map.entry("protocol", Set.of()),
            Map.entry("protocol.backend", Set.of("protocol")),
            Map.entry("protocol.frontend", Set.of("protocol")),
            Map.entry("protocol.auth", Set.of()),
            Map.entry("protocol.dialogue", Set.of("protocol", "protocol.backend", "protocol.frontend")),
            Map.entry("protocol.trace", Set.of("protocol", "protocol.*")),
            Map.entry("error", Set.of("protocol")),
            Map.entry("internal.config", Set.of("error")),
            Map.entry("observe", Set.of("error")),
            Map.entry("config", Set.of("observe", "internal.config", "type", "error")),
            Map.entry("type", Set.of("error")),
            Map.entry("internal.codec", Set.of("type", "error", "protocol")),
            Map.entry("internal.codec.number", Set.of("internal.codec", "type", "error", "protocol")),
            Map.entry("internal.codec.text", Set.of("internal.codec", "type", "error", "protocol")),
            Map.entry("internal.codec.bits", Set.of("internal.codec", "type", "error", "protocol")),
            Map.entry("internal.codec.time", Set.of("internal.codec", "type", "error", "protocol")),
            Map.entry("internal.codec.network", Set.of("internal.codec", "type", "error", "protocol")),
            Map.entry("internal.codec.geometry", Set.of("internal.codec", "type", "error", "protocol")),
            Map.entry("internal.codec.search", Set.of("internal.codec", "type", "error", "protocol")),
            Map.entry("internal.codec.array", Set.of("internal.codec", "type", "error", "protocol")),
            Map.entry("internal.codec.range", Set.of("internal.codec", "type", "error", "protocol")),
            Map.entry(
                    "internal.codec.system",
                    Set.of("internal.codec", "internal.codec.number", "type", "error", "protocol")),
            Map.entry(
                    "internal.codec.contrib",
                    Set.of(
                            "internal.codec",
                            "internal.codec.number",
                            "internal.codec.text",
                            "type",
                            "error",
                            "protocol")),
            Map.entry("internal.registry", Set.of("internal.codec", "internal.codec.*", "type", "error", "protocol")),
            Map.entry("row", Set.of("type", "error")),
            Map.entry("internal.record", Set.of("row", "internal.codec", "internal.codec.text", "type", "error")),
            Map.entry(
                    "internal.row",
                    Set.of(
                            "row",
                            "internal.record",
                            "internal.registry",
                            "internal.codec",
                            "internal.codec.*",
                            "type",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry(
                    "internal.column",
                    Set.of("internal.row", "internal.codec", "internal.codec.*", "row", "error", "protocol")),
            Map.entry("internal.result", Set.of("internal.row", "error", "protocol", "protocol.*")),
            Map.entry("internal.observe", Set.of("internal.result", "observe", "config")),
            Map.entry(
                    "internal.exchange", Set.of("internal.result", "internal.row", "error", "protocol", "protocol.*")),
            Map.entry("internal.auth", Set.of("internal.exchange", "config", "error", "protocol", "protocol.*")),
            Map.entry("internal.tls.file", Set.of("error")),
            Map.entry("internal.tls.key", Set.of("internal.tls.file", "config", "error")),
            Map.entry(
                    "internal.tls.trust",
                    Set.of("internal.tls.file", "internal.config", "config", "error", "protocol.auth")),
            Map.entry("internal.tls.record", Set.of()),
            Map.entry("internal.tls", Set.of("internal.tls.*", "internal.config", "config", "error", "protocol.auth")),
            Map.entry("internal.loop", Set.of("config", "error")),
            Map.entry(
                    "internal.net",
                    Set.of(
                            "internal.loop",
                            "internal.exchange",
                            "internal.tls.record",
                            "config",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry("internal.cancel", Set.of("internal.net", "error")),
            Map.entry(
                    "internal.connect",
                    Set.of(
                            "internal.observe",
                            "internal.net",
                            "internal.cancel",
                            "internal.auth",
                            "internal.exchange",
                            "internal.tls",
                            "internal.tls.trust",
                            "config",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry("internal.sql", Set.of("internal.record", "error")),
            Map.entry(
                    "internal.statement",
                    Set.of(
                            "internal.sql",
                            "internal.row",
                            "internal.exchange",
                            "internal.registry",
                            "internal.codec",
                            "internal.codec.*",
                            "type",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry(
                    "internal.server",
                    Set.of(
                            "observe",
                            "internal.statement",
                            "internal.cancel",
                            "internal.connect",
                            "internal.exchange",
                            "internal.result",
                            "internal.sql",
                            "notification",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry(
                    "internal.request",
                    Set.of(
                            "internal.observe",
                            "observe",
                            "internal.server",
                            "internal.statement",
                            "internal.net",
                            "internal.exchange",
                            "internal.result",
                            "internal.row",
                            "internal.sql",
                            "internal.registry",
                            "internal.codec",
                            "type",
                            "config",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry(
                    "internal.transaction",
                    Set.of(
                            "internal.request",
                            "internal.result",
                            "internal.server",
                            "internal.sql",
                            "config",
                            "error",
                            "protocol")),
            Map.entry(
                    "internal.call",
                    Set.of("internal.request", "internal.result", "internal.row", "internal.sql", "error")),
            Map.entry(
                    "internal.verify",
                    Set.of(
                            "internal.request",
                            "internal.statement",
                            "internal.exchange",
                            "internal.row",
                            "internal.record",
                            "internal.sql",
                            "row",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry(
                    "internal.cursor",
                    Set.of(
                            "internal.request",
                            "internal.server",
                            "internal.statement",
                            "internal.exchange",
                            "internal.result",
                            "internal.row",
                            "internal.sql",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry(
                    "internal.lob",
                    Set.of("internal.request", "internal.answer", "internal.server", "row", "error", "protocol")),
            Map.entry(
                    "internal.upkeep",
                    Set.of(
                            "internal.request",
                            "internal.result",
                            "internal.row",
                            "internal.server",
                            "internal.connect",
                            "internal.transaction")),
            Map.entry(
                    "internal.answer",
                    Set.of(
                            "internal.observe",
                            "observe",
                            "internal.request",
                            "internal.result",
                            "internal.column",
                            "internal.row",
                            "row",
                            "error")),
            Map.entry(
                    "internal.pipeline",
                    Set.of(
                            "internal.answer",
                            "observe",
                            "internal.request",
                            "internal.statement",
                            "internal.exchange",
                            "internal.result",
                            "internal.sql",
                            "error",
                            "protocol.frontend")),
            Map.entry(
                    "internal.copy.form",
                    Set.of(
                            "internal.statement",
                            "internal.registry",
                            "internal.row",
                            "internal.sql",
                            "internal.codec",
                            "row",
                            "error",
                            "protocol")),
            Map.entry(
                    "internal.copy",
                    Set.of(
                            "internal.observe",
                            "internal.copy.form",
                            "internal.request",
                            "internal.insert",
                            "internal.statement",
                            "internal.server",
                            "internal.exchange",
                            "internal.result",
                            "internal.row",
                            "internal.sql",
                            "internal.codec",
                            "row",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry(
                    "internal.insert",
                    Set.of(
                            "internal.request",
                            "internal.statement",
                            "internal.exchange",
                            "internal.result",
                            "internal.row",
                            "internal.sql",
                            "internal.record",
                            "internal.codec",
                            "type",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry(
                    "sql",
                    Set.of("internal.statement", "internal.registry", "internal.sql", "internal.codec", "error")),
            Map.entry(
                    "internal.line",
                    Set.of("internal.request", "internal.exchange", "error", "protocol", "protocol.*")),
            Map.entry("internal.leak", Set.of("internal.server", "config", "protocol")),
            Map.entry(
                    "internal.session",
                    Set.of(
                            "internal.observe",
                            "observe",
                            "internal.*",
                            "notification",
                            "row",
                            "type",
                            "config",
                            "error",
                            "protocol",
                            "protocol.*")),
            Map.entry("notification", Set.of("async", "config", "error")),
            Map.entry(
                    "internal.notification",
                    Set.of("internal.session", "internal.server", "internal.loop", "notification", "error")),
            Map.entry(
                    "internal.subscriber",
                    Set.of("internal.async", "internal.server", "internal.sql", "async", "notification", "error")),
            // The front door makes what lives in the rooms beside it, which in turn speak of connections.
            Map.entry("pool", Set.of("", "async", "row", "config", "error")),
            Map.entry(
                    "internal.pool",
                    Set.of(
                            "internal.observe",
                            "pool",
                            "internal.loop",
                            "internal.server",
                            "internal.sql",
                            "config",
                            "error")),
            Map.entry(
                    "async",
                    Set.of(
                            "observe",
                            "",
                            "internal.async",
                            "notification",
                            "row",
                            "sql",
                            "type",
                            "config",
                            "error",
                            "protocol")),
            Map.entry(
                    "internal.async.cursor",
                    Set.of(
                            "observe",
                            "",
                            "async",
                            "internal.cursor",
                            "internal.answer",
                            "internal.request",
                            "internal.result",
                            "internal.sql",
                            "row",
                            "sql",
                            "error")),
            Map.entry(
                    "internal.async",
                    Set.of(
                            "observe",
                            "internal.*",
                            "",
                            "async",
                            "notification",
                            "pool",
                            "row",
                            "sql",
                            "type",
                            "config",
                            "error",
                            "protocol")),
            Map.entry(
                    "internal.password",
                    Set.of(
                            "internal.request",
                            "internal.session",
                            "internal.sql",
                            "internal.upkeep",
                            "error",
                            "protocol.auth")),
            Map.entry(
                    "internal.async.object",
                    Set.of(
                            "",
                            "async",
                            "internal.lob",
                            "internal.loop",
                            "internal.request",
                            "internal.session",
                            "error",
                            "protocol")),
            // A connection shows notices and the state of its transaction, which are the protocol's own.
            Map.entry(
                    "",
                    Set.of(
                            "internal.observe",
                            "internal.verify",
                            "observe",
                            "async",
                            "internal.async",
                            "pool",
                            "internal.answer",
                            "internal.call",
                            "internal.cursor",
                            "internal.copy",
                            "internal.copy.form",
                            "internal.pool",
                            "internal.session",
                            "internal.leak",
                            "internal.lob",
                            "internal.password",
                            "internal.server",
                            "internal.record",
                            "internal.registry",
                            "internal.sql",
                            "internal.statement",
                            "internal.subscriber",
                            "notification",
                            "internal.transaction",
                            "sql",
                            "internal.insert",
                            "row",
                            "type",
                            "config",
                            "error",
                            "protocol")));

    /** How many files a room may have: what has more cannot be taken in at a glance. */
    private static final int MOST_FILES = 25;

    /** How long a file may be: what is longer wants to be two. */
    private static final int MOST_LINES = 400;

    /** A room, what it has, and what it may import. */
    private static final Pattern ROW = Pattern.compile(
            "\\| `([a-z.]+)` \\| .* \\| (nothing|`(?:[a-z]+\\.)*[a-z*]+`(?:, `(?:[a-z]+\\.)*[a-z*]+`)*) \\|");

    private static final Pattern NAME = Pattern.compile("\\b(dev\\.pgwire|io\\.netty)((?:\\.[a-z0-9_]+)*)\\.[A-Z*]");
    private static final Pattern WAIT = Pattern.compile("\\bawait\\(");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^package dev\\.pgwire\\.?([a-z.]*);", Pattern.MULTILINE);

    @Test
    void everyPackageUsesOnlyPackagesBelowIt() {
        List<String> offences = new ArrayList<>();
        for (Map.Entry<Path, String> source : sources(TABLED).entrySet()) {
            String user = packageOf(source.getValue());
            Set<String> allowed = ALLOWED.get(user);
            if (allowed == null) {
                offences.add(source.getKey() + ": package \"" + user + "\" is not in the table");
                continue;
            }
            for (String used : used(source.getValue(), "dev.pgwire")) {
                if (!used.equals(user) && !matches(used, allowed)) {
                    offences.add(source.getKey() + " uses dev.pgwire." + used);
                }
            }
        }
        assertEquals(List.of(), offences);
    }

    /** {@code docs/architecture.md} has the table for people. */
    @Test
    void thePageHasTheSameTable() throws IOException {
        Map<String, Set<String>> shown = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/architecture.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String room = row.group(1).equals("dev.pgwire") ? "" : row.group(1);
                Set<String> allowed =
                        new TreeSet<>(List.of(row.group(2).replace("`", "").split(", ")));
                allowed.remove("nothing");
                if (allowed.remove("dev.pgwire")) {
                    allowed.add("");
                }
                shown.put(room, allowed);
            }
        }
        Map<String, Set<String>> table = new TreeMap<>();
        ALLOWED.forEach((room, allowed) -> table.put(room, new TreeSet<>(allowed)));
        assertEquals(table, shown);
    }

    @Test
    void noUnexportedPackageHasMoreThan25Files() {
        Map<String, Integer> sizes = new TreeMap<>();
        sources().forEach((file, text) -> sizes.merge(packageOf(text), 1, Integer::sum));
        sizes.keySet().removeIf(room -> !room.startsWith("internal."));
        sources(BESIDE).forEach((file, text) -> sizes.merge(packageOf(text), 1, Integer::sum));
        sizes.values().removeIf(size -> size <= MOST_FILES);
        assertEquals(Map.of(), sizes);
    }

    @Test
    void noFileHasMoreThan400Lines() {
        Map<Path, Long> lengths = new TreeMap<>();
        sources().forEach((file, text) -> lengths.put(file, text.lines().count()));
        sources(BESIDE).forEach((file, text) -> lengths.put(file, text.lines().count()));
        lengths.values().removeIf(length -> length <= MOST_LINES);
        assertEquals(Map.of(), lengths);
    }

    /**
     * A connection is made by an attempt, and used by a driver of procedures: nothing else waits for what the server says, but for a
     * caller whose statement is on a connection that it shares.
     */
    @Test
    void onlyADriverOfProceduresWaits() {
        Set<String> loops = Set.of("internal.net", "internal.loop");
        List<String> waiting = new ArrayList<>();
        sources().forEach((file, text) -> {
            String room = packageOf(text);
            if (room.startsWith("internal.")
                    && !loops.contains(room)
                    && WAIT.matcher(text).find()) {
                waiting.add(room + "." + file.getFileName());
            }
        });
        assertEquals(
                List.of(
                        "internal.async.Lanes.java",
                        "internal.connect.Attempt.java",
                        "internal.connect.Login.java",
                        "internal.session.CallerDriver.java"),
                waiting);
    }

    @Test
    void proceduresKnowNoDriver() {
        Set<String> rooms = Set.of(
                "internal.request",
                "internal.answer",
                "internal.pipeline",
                "internal.insert",
                "internal.copy",
                "internal.line",
                "internal.lob",
                "internal.upkeep");
        List<String> offences = new ArrayList<>();
        sources().forEach((file, text) -> {
            if (rooms.contains(packageOf(text))
                    && Pattern.compile("CallerTurns|LoopTurns|Thread\\b|synchronized|Lock\\b")
                            .matcher(COMMENT.matcher(text).replaceAll(""))
                            .find()) {
                offences.add(file.toString());
            }
        });
        assertEquals(List.of(), offences);
    }

    @Test
    void onlyTheNetPackageKnowsChannels() {
        Set<String> buffersOnly = Set.of("buffer");
        Set<String> channels = Set.of("buffer", "channel", "channel.*", "util", "util.concurrent");
        Set<String> rooms = Set.of("internal.net", "internal.loop");
        assertNettyIs(user -> rooms.contains(user) ? channels : buffersOnly);
    }

    @Test
    void whatKnowsMessagesOnlyDoesNotEvenSeeBuffersWhereItNeedNot() {
        assertNettyIs(user -> switch (user) {
            case "", "async", "pool", "sql", "internal.pool", "error", "config", "type", "row", "protocol.auth" ->
                Set.of();
            case "internal.auth", "internal.config", "internal.connect", "internal.result" -> Set.of();
            case "internal.tls", "internal.tls.file", "internal.tls.key", "internal.tls.record", "internal.tls.trust" ->
                Set.of();
            case "internal.net", "internal.loop" -> Set.of("*");
            default -> Set.of("buffer");
        });
    }

    @Test
    void noSourceMentionsJdbc() {
        List<String> offences = new ArrayList<>();
        sources().forEach((file, text) -> {
            if (text.contains("java.sql") || text.contains("javax.sql")) {
                offences.add(file.toString());
            }
        });
        assertEquals(List.of(), offences);
    }

    /** A class names what it needs in its constant pool, as UTF-8: what stands nowhere there is needed by nobody. */
    @Test
    void noClassNeedsJdbcOrXml() {
        for (Path module : MODULES) {
            Map<Path, String> classes = files(module.resolve(CLASSES), ".class", StandardCharsets.ISO_8859_1);
            assertTrue(classes.size() > 20, "too few classes in " + module.toAbsolutePath());
            classes.forEach((file, pool) -> {
                assertTrue(pool.contains("dev/pgwire/") || file.endsWith("module-info.class"), file.toString());
                assertFalse(pool.contains("java/sql") || pool.contains("javax/sql"), file + " needs JDBC");
                assertFalse(pool.contains("javax/xml") || pool.contains("org/w3c"), file + " needs XML");
            });
        }
    }

    /** A guard for the guard: the patterns find what they are for. */
    @Test
    void aForbiddenImportOrQualifiedNameWouldBeFound() {
        String source = """
                package dev.pgwire.internal.exchange;
                import static dev.pgwire.internal.connect.Connector.open;
                /** See {@link dev.pgwire.internal.session.Session}. */
                class Example { io.netty.channel.nio.NioIoHandler handler; dev.pgwire.Cursor cursor; }
                """;
        assertEquals("internal.exchange", packageOf(source));
        assertEquals(Set.of("internal.connect", ""), used(source, "dev.pgwire"));
        assertEquals(Set.of("channel.nio"), used(source, "io.netty"));
        assertTrue(matches("protocol.backend", Set.of("protocol.*")));
        assertFalse(matches("protocol", Set.of("protocol.*")));
    }

    private static void assertNettyIs(Function<String, Set<String>> allowed) {
        List<String> offences = new ArrayList<>();
        sources().forEach((file, text) -> {
            for (String used : used(text, "io.netty")) {
                if (!matches(used, allowed.apply(packageOf(text)))) {
                    offences.add(file + " uses io.netty." + used);
                }
            }
        });
        assertEquals(List.of(), offences);
    }

    private static boolean matches(String used, Set<String> allowed) {
        return allowed.contains(used)
                || allowed.contains("*")
                || allowed.stream()
                        .anyMatch(name -> name.endsWith(".*") && used.startsWith(name.substring(0, name.length() - 1)));
    }

    /** The packages below a root whose classes a source names, in imports or in full; comments do not count. */
    private static Set<String> used(String source, String root) {
        Set<String> packages = new TreeSet<>();
        Matcher name = NAME.matcher(COMMENT.matcher(source).replaceAll(""));
        while (name.find()) {
            if (name.group(1).equals(root)) {
                packages.add(name.group(2).isEmpty() ? "" : name.group(2).substring(1));
            }
        }
        return packages;
    }

    private static String packageOf(String source) {
        Matcher declared = PACKAGE.matcher(source);
        assertTrue(declared.find(), "no package declaration in " + source);
        return declared.group(1);
    }

    private static Map<Path, String> sources() {
        return sources(MODULES);
    }

    private static Map<Path, String> sources(List<Path> modules) {
        Map<Path, String> sources = new TreeMap<>();
        for (Path module : modules) {
            Map<Path, String> found = files(module.resolve(SOURCES), ".java", StandardCharsets.UTF_8);
            assertTrue(found.size() > 10, "too few sources in " + module.toAbsolutePath());
            sources.putAll(found);
        }
        return sources;
    }

    private static Map<Path, String> files(Path root, String ending, Charset charset) {
        Map<Path, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                if (!file.endsWith("module-info.java")) {
                    found.put(file, new String(Files.readAllBytes(file), charset));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }
}
