package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever runs statements does it by the same methods: who knows them of a connection knows them of a transaction. */
class SqlFamilyTest {
    /** With a Map or a Record among them, {@code execute(sql, null)} would mean several things. */
    private static final Set<String> EXECUTE =
            set("execute(Composable, Object[])", "execute(String, Object[])", "execute(String, Void[])");

    private static final Set<String> MOGRIFY =
            set("executeMogrified(String, Object[])", "literal(Object)", "mogrify(String, Object[])");

    /** What runs statements of more than one kind; a pipeline takes one statement at a time. */
    private static final Set<String> MANY = set(
            "callProc(String, Map)",
            "callProc(String, Object[])",
            "executeMany(Composable, Iterable)",
            "executeMany(String, Iterable)",
            "executeSimple(String)",
            "insertMany(BulkInsert, Iterable)",
            "insertMany(String, List, Iterable)");

    private static final Set<String> CLIENT = set(
            "begin()",
            "cast(int, String)",
            "describe(String)",
            "cursor()",
            "cursor(String)",
            "cursor(String, ServerCursorOptions)",
            "largeObjects()",
            "pipeline()",
            "transaction(TransactionBlock)",
            "transaction(UncheckedBlock)",
            "transactionReturning(TransactionFunction)",
            "transactionReturning(UncheckedFunction)");

    private static final Set<String> COPY = set(
            "copyIn(Composable)",
            "copyIn(Composable, CopyBlock)",
            "copyIn(Composable, CopySource)",
            "copyOut(Composable)",
            "copyOut(Composable, CopySink)",
            "copyRows(Composable, Iterable)",
            "copyIn(String)",
            "copyIn(String, CopyBlock)",
            "copyIn(String, CopySource)",
            "copyIn(String, InputStream)",
            "copyIn(String, Iterable)",
            "copyIn(String, Path)",
            "copyIn(String, ReadableByteChannel)",
            "copyIn(String, Reader)",
            "copyOut(String)",
            "copyOut(String, CopySink)",
            "copyOut(String, OutputStream)",
            "copyOut(String, Path)",
            "copyOut(String, WritableByteChannel)",
            "copyOut(String, Writer)",
            "copyRows(String, Iterable)");

    private static Set<String> set(String... signatures) {
        return new TreeSet<>(List.of(signatures));
    }

    /** The public methods of these names, as a caller sees them. */
    private static Set<String> methods(Class<?> type, Set<String> like) {
        Set<String> names =
                like.stream().map(name -> name.substring(0, name.indexOf('('))).collect(Collectors.toSet());
        return Arrays.stream(type.getMethods())
                .filter(method -> names.contains(method.getName()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(SqlFamilyTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    @ParameterizedTest
    @ValueSource(classes = {Connection.class, Transaction.class, Cursor.class, Pipeline.class})
    void everybodyExecutesByTheSameMethods(Class<?> type) {
        assertTrue(SqlExecutor.class.isAssignableFrom(type));
        assertEquals(EXECUTE, methods(type, EXECUTE));
        assertEquals(MOGRIFY, methods(type, MOGRIFY));
    }

    @ParameterizedTest
    @ValueSource(classes = {Connection.class, Transaction.class, Cursor.class})
    void allButAPipelineRunMany(Class<?> type) {
        assertEquals(MANY, methods(type, MANY));
    }

    @Test
    void aPipelineTakesOneStatementAtATime() {
        assertEquals(Set.of(), methods(Pipeline.class, MANY));
    }

    @Test
    void aTransactionDoesWhatAConnectionDoes() {
        assertEquals(CLIENT, methods(Transaction.class, CLIENT));
        Set<String> withMode = methods(Connection.class, CLIENT);
        assertTrue(withMode.containsAll(CLIENT));
        withMode.removeAll(CLIENT);
        assertTrue(
                withMode.stream().allMatch(method -> method.matches(".*\\((TransactionMode|Isolation|Retry)\\b.*")),
                withMode::toString);
    }

    @ParameterizedTest
    @ValueSource(classes = {Connection.class, Transaction.class})
    void aCopyIsOfAConnectionOrATransaction(Class<?> type) {
        assertEquals(COPY, methods(type, COPY));
    }

    /** What stands in the interface is said there, and nowhere else in other words. */
    @Test
    void whatIsCommonStandsInTheInterfaces() {
        Set<String> common = Stream.of(SqlExecutor.class, SqlClient.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .map(SqlFamilyTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = new TreeSet<>(EXECUTE);
        all.addAll(MOGRIFY);
        all.addAll(MANY);
        all.addAll(CLIENT);
        all.addAll(COPY);
        assertEquals(all, common);
        assertFalse(SqlClient.class.isAssignableFrom(Cursor.class));
    }

    /**
     * Java's compiler takes the narrower of two interfaces for a lambda, Kotlin's the method that has not to find out a type.
     * Both only work while the one is the other.
     */
    @Test
    void theBlocksOfJavaAreThoseOfKotlin() {
        assertTrue(UncheckedBlock.class.isAssignableFrom(TransactionBlock.class));
        assertTrue(UncheckedFunction.class.isAssignableFrom(TransactionFunction.class));
    }
}
