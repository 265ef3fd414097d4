package dev.pgwire.dbapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Nothing that psycopg2 has is left out: it has a test, or a reason why there is none, and psycopg2 itself is asked what it has. */
class DbApiNamesIT {
    private static final List<Class<?>> TESTS = List.of(
            DbApiModuleIT.class,
            DbApiErrorsIT.class,
            DbApiConnectionIT.class,
            DbApiConnectionFactsIT.class,
            DbApiTwoPhaseIT.class,
            DbApiCursorIT.class,
            DbApiServerCursorIT.class,
            DbApiLargeObjectIT.class,
            DbApiBehaviourIT.class);

    private static final String NO_LIBPQ = "it is libpq's, which is not used";

    /** What is not here, and why. */
    private static final Map<String, String> WITHOUT = new TreeMap<>(Map.ofEntries(
            Map.entry("Column.null_ok", "the server does not tell, and psycopg2 gives None"),
            Map.entry(
                    "connection.fileno", "a future is completed by an event loop of the driver, and no file is polled"),
            Map.entry("connection.pgconn_ptr", NO_LIBPQ),
            Map.entry("connection.get_native_connection", NO_LIBPQ),
            Map.entry("cursor.pgresult_ptr", NO_LIBPQ),
            Map.entry("ConnectionInfo.socket", "a socket that two use is read by neither"),
            Map.entry("psycopg2.extensions", "a module of the names that are here")));

    private static Set<String> tested() {
        Set<String> names = new TreeSet<>();
        for (Class<?> test : TESTS) {
            for (Method method : test.getDeclaredMethods()) {
                Psycopg psycopg = method.getAnnotation(Psycopg.class);
                if (psycopg != null) {
                    assertTrue(method.isAnnotationPresent(Test.class), method.toString());
                    names.addAll(Arrays.asList(psycopg.value()));
                }
            }
        }
        return names;
    }

    @Test
    void eachTestOfACallNamesIt() {
        for (Class<?> test : TESTS) {
            Arrays.stream(test.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .forEach(method -> assertTrue(method.isAnnotationPresent(Psycopg.class), method.toString()));
        }
    }

    @Test
    void allFifteenBehavioursAreThere() {
        Set<String> names = tested();
        names.addAll(WITHOUT.keySet());
        List<String> missing = IntStream.rangeClosed(1, 15)
                .mapToObj(n -> "behaviour " + n)
                .filter(name -> !names.contains(name))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void whatHasATestNeedsNoReason() {
        Set<String> both = tested();
        both.retainAll(WITHOUT.keySet());
        assertEquals(Set.of(), both);
    }

    @Test
    void thePageForThoseWhoComeFromPsycopg2HasAllNames() throws IOException {
        String page = Files.readString(Path.of("").toAbsolutePath().resolveSibling("docs/from-psycopg2.md"));
        String table = page.substring(page.indexOf("## All names"));
        Set<String> names = tested();
        names.addAll(WITHOUT.keySet());
        names.removeIf(name -> !name.matches("(connection|cursor)\\.\\w+")
                || name.contains("__")
                || table.contains('`' + name.substring(name.indexOf('.') + 1) + '`'));
        assertEquals(Set.of(), names);
    }

    @TestFactory
    List<DynamicTest> nothingOfPsycopg2IsLeftOut() {
        List<String> there = namesOfPsycopg2();
        if (there.isEmpty()) {
            return List.of(dynamicTest("did not run: there is no python3 with psycopg2", () -> {}));
        }
        return List.of(dynamicTest("all " + there.size() + " names of psycopg2", () -> compare(there)));
    }

    private static void compare(List<String> there) {
        Set<String> names = tested();
        names.addAll(WITHOUT.keySet());
        Set<String> missing = new TreeSet<>(there);
        missing.removeAll(names);
        assertEquals(Set.of(), missing, "of psycopg2, without a test");
        Set<String> unknown = names.stream()
                .filter(name -> !name.contains(" ") && !name.contains("__") && !name.startsWith("extensions."))
                .collect(Collectors.toCollection(TreeSet::new));
        unknown.removeAll(there);
        assertEquals(Set.of(), unknown, "not of psycopg2");
    }

    /** The public names of its classes, without the exceptions that a connection has as attributes. */
    private static List<String> namesOfPsycopg2() {
        String script = """
                import psycopg2, psycopg2.extensions as e
                for name in dir(psycopg2):
                    print('psycopg2.' + name)
                for c in (e.connection, e.cursor, e.lobject, e.Xid, e.ConnectionInfo, e.Diagnostics, e.Column, e.Notify):
                    for name in dir(c):
                        if not (c is e.connection and name[0].isupper()):
                            print(c.__name__ + '.' + name)
                """;
        return Python.withPsycopg2()
                .map(python -> python.run(script).lines())
                .orElse(Stream.of())
                .filter(name -> !name.contains("._"))
                .toList();
    }
}
