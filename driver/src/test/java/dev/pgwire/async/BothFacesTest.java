package dev.pgwire.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.LargeObject;
import dev.pgwire.LargeObjects;
import dev.pgwire.Pipeline;
import dev.pgwire.ServerCursor;
import dev.pgwire.Transaction;
import dev.pgwire.pool.AsyncPool;
import dev.pgwire.pool.Pool;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Row;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the blocking face can do, the asynchronous one can: by the names of their methods. */
class BothFacesTest {
    /** What the asynchronous face leaves out on purpose: docs/async.md says why. */
    private static final Set<String> LEFT_OUT = Set.of("transactionReturning", "protocol");

    /** What only the asynchronous face has: a Cursor has it on the blocking one. */
    private static final Set<String> ADDED = Set.of("query", "stream");

    private static Set<String> names(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method ->
                        method.getDeclaringClass() != Object.class && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !name.equals("toString"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aConnectionHasTheSameMethods() {
        Set<String> blocking = names(Connection.class);
        blocking.removeAll(LEFT_OUT);
        Set<String> async = names(AsyncConnection.class);
        async.removeAll(ADDED);
        assertEquals(blocking, async);
    }

    @Test
    void aTransactionHasTheSameMethods() {
        Set<String> blocking = names(Transaction.class);
        blocking.removeAll(LEFT_OUT);
        // It rolls back what a block has left open; the future of a block does that here.
        blocking.remove("close");
        Set<String> async = names(AsyncTransaction.class);
        async.removeAll(ADDED);
        assertEquals(blocking, async);
    }

    @Test
    void aPipelineHasTheSameMethods() {
        Set<String> blocking = names(Pipeline.class);
        // It is sent as a whole, so that there is nothing to close.
        blocking.removeAll(Set.of("close", "isClosed", "connection"));
        assertEquals(blocking, names(AsyncPipeline.class));
    }

    @Test
    void aPoolHasTheSameMethods() {
        Set<String> blocking = names(Pool.class);
        // What is of the pool as a whole is asked of the Pool; a block of the other face always returns a stage.
        blocking.removeAll(Set.of(
                "async",
                "reads",
                "stats",
                "config",
                "isClosed",
                "close",
                "drain",
                "withConnectionReturning",
                "transactionReturning"));
        Set<String> async = names(AsyncPool.class);
        async.remove("stream");
        assertEquals(blocking, async);
    }

    @Test
    void largeObjectsHaveTheSameMethods() {
        assertEquals(names(LargeObjects.class), names(AsyncLargeObjects.class));
        Set<String> blocking = names(LargeObject.class);
        // A stream waits.
        blocking.removeAll(Set.of("inputStream", "outputStream"));
        assertEquals(blocking, names(AsyncLargeObject.class));
    }

    @Test
    void aServerCursorHasTheSameMethods() {
        Set<String> blocking = names(ServerCursor.class);
        // It stands on no row whose columns are asked for one by one.
        for (Method getter : Row.class.getMethods()) {
            blocking.remove(getter.getName());
        }
        // It waits for no thread that goes on row by row, fetches nothing ahead, and knows how many rows it is asked
        // for.
        blocking.removeAll(Set.of("next", "iterator", "forEach", "spliterator", "itersize", "arraySize", "connection"));
        assertEquals(blocking, names(AsyncServerCursor.class));
    }

    /** Each way in which a Cursor reads its result has one in an Answer. */
    @Test
    void anAnswerCanBeReadInTheSameWays() {
        Map<String, String> ways = Map.ofEntries(
                Map.entry("description", "description"),
                Map.entry("fetchAll", "rows"),
                Map.entry("fetchColumns", "columns"),
                Map.entry("fetchOne", "first"),
                Map.entry("fetchOptional", "first"),
                Map.entry("fetchScalar", "scalar"),
                Map.entry("fetchSingle", "single"),
                Map.entry("iterator", "rows"),
                Map.entry("nextSet", "next"),
                Map.entry("rowCount", "rowCount"),
                Map.entry("rowCounts", "rowCounts"),
                Map.entry("statusMessage", "statusMessage"));
        assertTrue(
                names(Cursor.class).containsAll(ways.keySet()),
                names(Cursor.class).toString());
        assertEquals(new TreeSet<>(ways.values()), names(Answer.class));
    }

    /** The page has each method of the two connections in its table. */
    @Test
    void thePageShowsThemSideBySide() throws IOException {
        String page = Files.readString(Path.of("../docs/async.md"));
        Set<String> missing = names(AsyncConnection.class);
        missing.addAll(names(Connection.class));
        missing.removeIf(name ->
                Pattern.compile("`[^`]*\\b" + name + "\\b[^`]*`").matcher(page).find());
        assertEquals(Set.of(), missing);
    }
}
