package dev.pgwire;

import static dev.pgwire.fixture.Messages.READY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.observe.StatementListener;
import dev.pgwire.row.RowMapper;
import dev.pgwire.sql.Composable;
import dev.pgwire.sql.Sql;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import dev.pgwire.type.TypeRef;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is called on what is closed says so, or is in a list of what may still be asked. */
@Timeout(30)
class ClosedTest {
    private static final Set<String> CONNECTION_STILL_TELLS = Set.of(
            "autocommit()",
            "xid(int, String, String)",
            "transactionMode()",
            "transactionStatus()",
            "notices()",
            "onNotice(Consumer)",
            "onStatement(StatementListener)",
            "onNotification(Consumer)",
            "parameters()",
            "parameter(String)",
            "serverVersion()",
            "processId()",
            "config()",
            "info()",
            "deadline()",
            "deadline(Duration)",
            "isClosed()",
            "isBroken()",
            "close()",
            "toString()");

    private static final Set<String> CURSOR_STILL_TELLS = Set.of(
            "connection()",
            "description()",
            "rowCount()",
            "rowCounts()",
            "statusMessage()",
            "rowNumber()",
            "query()",
            "lastRowId()",
            "arraySize()",
            "arraySize(int)",
            "fetchSize()",
            "fetchSize(int)",
            "deadline()",
            "deadline(Duration)",
            "isClosed()",
            "close()",
            "toString()");

    private static final Set<String> SERVER_CURSOR_STILL_TELLS = Set.of(
            "connection()",
            "name()",
            "isScrollable()",
            "isHold()",
            "itersize()",
            "arraySize()",
            "arraySize(int)",
            "itersize(int)",
            "rowNumber()",
            "rowCount()",
            "statusMessage()",
            "query()",
            "isClosed()",
            "close()",
            "toString()");

    private record Nothing() {}

    private static final Map<Class<?>, Object> ARGUMENTS = Map.ofEntries(
            Map.entry(String.class, "SELECT 1"),
            Map.entry(String[].class, new String[] {"channel"}),
            Map.entry(Object.class, 1),
            Map.entry(Composable.class, Sql.of("SELECT 1")),
            Map.entry(int.class, 1),
            Map.entry(boolean.class, true),
            Map.entry(Object[].class, new Object[0]),
            Map.entry(Void[].class, new Void[0]),
            Map.entry(TypeRef.class, new TypeRef<List<Integer>>() {}),
            Map.entry(RowMapper.class, (RowMapper<Object>) row -> row),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(Codec.class, Codec.of(Nothing.class, in -> null, (value, out) -> {})),
            Map.entry(Conversion.class, Conversion.of(Nothing.class, Long.class, base -> new Nothing(), nothing -> 1L)),
            Map.entry(List.class, List.of("id")),
            Map.entry(BulkInsert.class, BulkInsert.into("t", "id")),
            Map.entry(Map.class, Map.of()),
            Map.entry(Iterable.class, List.of(List.of())),
            Map.entry(Class.class, Nothing.class),
            Map.entry(InputStream.class, InputStream.nullInputStream()),
            Map.entry(OutputStream.class, OutputStream.nullOutputStream()),
            Map.entry(Reader.class, Reader.nullReader()),
            Map.entry(Writer.class, Writer.nullWriter()),
            Map.entry(ReadableByteChannel.class, Channels.newChannel(InputStream.nullInputStream())),
            Map.entry(WritableByteChannel.class, Channels.newChannel(OutputStream.nullOutputStream())),
            Map.entry(Path.class, Path.of("target")),
            Map.entry(ServerCursorOptions.class, ServerCursorOptions.DEFAULT),
            Map.entry(ScrollMode.class, ScrollMode.RELATIVE),
            Map.entry(CopyBlock.class, (CopyBlock<RuntimeException>) writer -> {
                throw new AssertionError("a block was run on a closed connection");
            }),
            Map.entry(ProtocolBlock.class, (ProtocolBlock<RuntimeException>) line -> {
                throw new AssertionError("a block was run on a closed connection");
            }),
            Map.entry(CopySource.class, CopySource.of(InputStream.nullInputStream())),
            Map.entry(CopySink.class, CopySink.of(OutputStream.nullOutputStream())),
            Map.entry(StatementListener.class, (StatementListener) ended -> {}),
            Map.entry(Consumer.class, (Consumer<Object>) notice -> {}),
            Map.entry(Isolation.class, Isolation.SERIALIZABLE),
            Map.entry(AccessMode.class, AccessMode.READ_ONLY),
            Map.entry(Deferrable.class, Deferrable.DEFERRABLE),
            Map.entry(Retry.class, Retry.retry(1)),
            Map.entry(Xid.class, Xid.of(1, "a", "b")),
            Map.entry(TransactionMode.class, TransactionMode.DEFAULT),
            Map.entry(TransactionBlock.class, (TransactionBlock<RuntimeException>) transaction -> {
                throw new AssertionError("a block was run on a closed connection");
            }),
            Map.entry(TransactionFunction.class, (TransactionFunction<Object, RuntimeException>) transaction -> {
                throw new AssertionError("a block was run on a closed connection");
            }),
            Map.entry(UncheckedBlock.class, (UncheckedBlock) transaction -> {
                throw new AssertionError("a block was run on a closed connection");
            }),
            Map.entry(UncheckedFunction.class, (UncheckedFunction<Object>) transaction -> {
                throw new AssertionError("a block was run on a closed connection");
            }));

    @Test
    void aClosedConnectionRefusesAllButWhatItKnows() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Step.greeting(), Step.expectEnd())) {
            Connection connection = Postgres.connect(server.dsn());
            connection.close();
            assertTrue(connection.isClosed());
            assertEquals(CONNECTION_STILL_TELLS, worksOn(connection));
            assertTrue(connection.toString().endsWith(", closed]"), connection.toString());
            server.assertDone();
        }
    }

    @Test
    void aClosedCursorRefusesAllButWhatItKnowsAndItsConnectionGoesOn() throws Exception {
        Flow.greeted().utility("SET x", READY).play(connection -> {
            Cursor cursor = connection.cursor();
            cursor.close();
            assertTrue(cursor.isClosed());
            assertEquals(CURSOR_STILL_TELLS, worksOn(cursor));
            connection.execute("SET x");
        });
    }

    @Test
    void aClosedCursorOfTheServerRefusesAllButWhatItKnows() throws Exception {
        Flow.greeted().utility("SET x", READY).play(connection -> {
            ServerCursor cursor = connection.cursor("c");
            cursor.close();
            assertTrue(cursor.isClosed());
            assertEquals(SERVER_CURSOR_STILL_TELLS, worksOn(cursor));
            connection.execute("SET x");
        });
    }

    @Test
    void aCursorOfTheServerOfAClosedConnectionRefusesAllButWhatItKnows() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Step.greeting(), Step.expectEnd())) {
            Connection connection = Postgres.connect(server.dsn());
            ServerCursor cursor = connection.cursor("c");
            connection.close();
            assertEquals(SERVER_CURSOR_STILL_TELLS, worksOn(cursor));
        }
    }

    @Test
    void aCursorOfAClosedConnectionRefusesAllButWhatItKnows() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Step.greeting(), Step.expectEnd())) {
            Connection connection = Postgres.connect(server.dsn());
            Cursor cursor = connection.cursor();
            connection.close();
            Set<String> expected = new TreeSet<>(CURSOR_STILL_TELLS);
            expected.add("nextSet()");
            // Close it last: then it is closed for two reasons.
            assertEquals(expected, worksOn(cursor));
        }
    }

    @Test
    void closingAgainDoesNothing() {
        try (ScriptedServer server = ScriptedServer.start(Step.greeting(), Step.expectEnd())) {
            Connection connection = Postgres.connect(server.dsn());
            Cursor cursor = connection.cursor();
            for (int i = 0; i < 3; i++) {
                connection.close();
                cursor.close();
            }
            server.assertDone();
        }
    }

    /** The methods that do not refuse; those that refuse must do it in one way. */
    private static Set<String> worksOn(Object closed) throws IllegalAccessException {
        Set<String> works = new TreeSet<>();
        int called = 0;
        Method[] methods = Arrays.stream(closed.getClass().getMethods())
                .filter(method -> SqlExecutor.class
                        .getPackage()
                        .equals(method.getDeclaringClass().getPackage()))
                .toArray(Method[]::new);
        Arrays.sort(
                methods,
                (a, b) ->
                        Boolean.compare(a.getName().equals("close"), b.getName().equals("close")));
        for (Method method : methods) {
            if (!Modifier.isPublic(method.getModifiers())) {
                continue;
            }
            String name = method.getName()
                    + Arrays.stream(method.getParameterTypes())
                            .map(Class::getSimpleName)
                            .collect(Collectors.joining(", ", "(", ")"));
            Object[] arguments = Arrays.stream(method.getParameterTypes())
                    .map(type -> {
                        assertTrue(ARGUMENTS.containsKey(type), "no argument for " + name);
                        return ARGUMENTS.get(type);
                    })
                    .toArray();
            called++;
            try {
                method.invoke(closed, arguments);
                works.add(name);
            } catch (InvocationTargetException thrown) {
                Throwable cause = thrown.getCause();
                assertTrue(cause instanceof InterfaceException, name + " threw " + cause);
                assertTrue(cause.getMessage().contains("expected"), name + " threw " + cause);
            }
        }
        assertTrue(called > 25, "only " + called + " methods were called");
        return works;
    }
}
