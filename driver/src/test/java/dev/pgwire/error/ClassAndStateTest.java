package dev.pgwire.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.protocol.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The class of an exception and its SQLSTATE say the same, whoever has found the error. */
class ClassAndStateTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/pgwire");
    private static final Pattern ONE_STATE = Pattern.compile("SQLSTATE ([0-9A-Z]{5}) ");
    private static final Pattern CLASSES = Pattern.compile("SQLSTATE class(?:es)? ([^.(]+)");
    private static final Pattern MADE = Pattern.compile("new (\\w+Exception)\\(\\s*SqlState\\.(\\w+)");

    /** What says in its Javadoc that its SQLSTATE is of another class: the server would say it so in a transaction. */
    private static final Set<String> EXCEPTIONS = Set.of("PipelineAbortedException");

    @Test
    void anErrorOfTheServerHasTheClassWhoseJavadocNamesItsSqlState() {
        int checked = 0;
        for (Path file : javaFiles(SOURCES.resolve("error"))) {
            String source = read(file);
            String name = file.getFileName().toString().replace(".java", "");
            for (String state : EXCEPTIONS.contains(name) ? List.<String>of() : states(source)) {
                assertEquals(name, classOf(state), "SQLSTATE " + state);
                checked++;
            }
        }
        assertTrue(checked > 75, "too few were found: " + checked);
    }

    @Test
    void whatTheDriverFindsHasTheClassThatTheServersErrorWouldHave() throws ReflectiveOperationException {
        List<String> offences = new ArrayList<>();
        int checked = 0;
        for (Path file : javaFiles(SOURCES)) {
            Matcher made = MADE.matcher(read(file));
            while (made.find()) {
                String state = (String) SqlState.class.getField(made.group(2)).get(null);
                if (!made.group(1).equals(classOf(state)) && !EXCEPTIONS.contains(made.group(1))) {
                    offences.add(SOURCES.relativize(file) + ": " + made.group(1) + " with " + state);
                }
                checked++;
            }
        }
        assertEquals(List.of(), offences);
        assertTrue(checked > 20, "too few were found: " + checked);
    }

    @Test
    void theStatesThatConstructorsFillInAreThoseOfTheirClasses() {
        assertAgrees(new ConnectionFailureException("the connection broke", null));
        for (CannotConnectException.Reason reason : CannotConnectException.Reason.values()) {
            assertAgrees(new CannotConnectException(reason, "nobody listens", null));
        }
        for (String state : List.of("22001", "22003", "22007", "22008", "22P02", "22012", "22000", "54000")) {
            DatabaseException found = DriverErrors.of(state, "wrong", null);
            assertAgrees(found);
            DatabaseException placed = DriverErrors.in("column 1: ", found);
            assertAgrees(placed);
            assertEquals("column 1: wrong", placed.getMessage());
            assertNull(placed.getCause());
        }
    }

    /** Every codec is asked for every class: what it has no way to, and what does not fit. */
    @Test
    void whatCannotBeReadAsAClassIsADataExceptionOfItsSqlState() {
        List<Class<?>> targets = List.of(
                Short.class,
                Integer.class,
                Long.class,
                Float.class,
                Double.class,
                BigInteger.class,
                BigDecimal.class,
                Boolean.class,
                Character.class,
                Thread.class);
        int refused = 0;
        for (Object value : List.of(Long.MAX_VALUE, 1e300, new BigDecimal("1e300"), "text", true)) {
            for (Class<?> target : targets) {
                try {
                    codec(value).convert(value, target);
                } catch (DataException wrong) {
                    refused++;
                    assertAgrees(wrong);
                    boolean hasWay = !wrong.getMessage().contains("cannot be read as");
                    assertEquals(
                            hasWay && value instanceof Number,
                            wrong instanceof NumericOutOfRangeException,
                            wrong.getMessage());
                }
            }
        }
        assertTrue(refused > 20, "too few were refused: " + refused);
    }

    @Test
    void aCauseDoesNotRepeatTheTextOfItsException() {
        FieldCodec<Object> int8 = codec(1L);
        DataException found = assertThrows(DataException.class, () -> int8.convert(1L << 40, Integer.class));
        DatabaseException placed = DriverErrors.in("column 0 \"a\" (int8): ", found);
        assertNull(placed.getCause());
        assertFalse(placed.getStackTrace().length == 0);
    }

    private static void assertAgrees(DatabaseException made) {
        assertEquals(classOf(made.sqlState()), made.getClass().getSimpleName(), made.toString());
    }

    private static String classOf(String state) {
        Diagnostic said = Diagnostic.builder()
                .field('S', "ERROR")
                .field('V', "ERROR")
                .field('C', state)
                .field('M', "said by the test")
                .build();
        return ServerErrors.of(said, null).getClass().getSimpleName();
    }

    /** The states of a Javadoc; for a class of states one that PostgreSQL has not given out. */
    private static List<String> states(String source) {
        List<String> states = new ArrayList<>();
        String text =
                source.substring(0, Math.max(0, source.indexOf("public class"))).replaceAll("\\s+\\*\\s+", " ");
        Matcher one = ONE_STATE.matcher(text);
        while (one.find()) {
            states.add(one.group(1));
        }
        Matcher several = CLASSES.matcher(text);
        if (several.find()) {
            for (String word : several.group(1).split("\\W+|and")) {
                if (word.matches("[0-9A-Z]{2}")) {
                    states.add(word + "ZZZ");
                }
            }
        }
        return states;
    }

    @SuppressWarnings("unchecked") // The type is chosen by the class of the value.
    private static FieldCodec<Object> codec(Object value) {
        int oid = value instanceof Long
                ? 20
                : value instanceof Double
                        ? 701
                        : value instanceof BigDecimal ? 1700 : value instanceof Boolean ? 16 : 25;
        return (FieldCodec<Object>) TypeRegistry.builtin().codec(oid);
    }

    private static List<Path> javaFiles(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
