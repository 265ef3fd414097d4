package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopyWriter;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.ServerCursor;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncPipeline;
import dev.pgwire.config.Config;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.observe.StatementEnd;
import dev.pgwire.observe.StatementListener;
import dev.pgwire.observe.StatementStart;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a program is told of its statements, whichever way they are run. */
@Timeout(120)
class StatementListenerIT {
    private final Told told = new Told();

    /** Keeps what it is told, each start and each end. */
    private static final class Told implements StatementListener {
        private final List<StatementStart> starts = new CopyOnWriteArrayList<>();
        private final List<StatementEnd> ends = new CopyOnWriteArrayList<>();

        @Override
        public void started(StatementStart statement) {
            starts.add(statement);
        }

        @Override
        public void ended(StatementEnd statement) {
            ends.add(statement);
        }

        /** The only statement since the last call, in short. */
        private String one() {
            Until.holds(() -> !ends.isEmpty() && ends.size() == starts.size());
            assertEquals(1, ends.size(), ends::toString);
            StatementEnd end = ends.remove(0);
            assertEquals(starts.remove(0), end.start());
            assertTrue(!end.took().isNegative());
            Throwable failure = end.failure();
            return end.start().kind() + " " + end.start().sql() + " "
                    + (failure == null ? end.rows() : failure.getClass().getSimpleName());
        }
    }

    private static Connection connect() {
        return Postgres.connect(TestServer.shared().dsn());
    }

    @Test
    void eachWayOfAStatementHasItsKindItsTextAndItsRows() throws IOException {
        try (Connection conn = connect()) {
            conn.onStatement(told);
            conn.execute("SELECT generate_series(1, $1)", 3).fetchAll();
            assertEquals("STATEMENT SELECT generate_series(1, $1) 3", told.one());
            conn.execute("CREATE TEMP TABLE t (id int, name text)").close();
            assertEquals("STATEMENT CREATE TEMP TABLE t (id int, name text) -1", told.one());
            conn.cursor().executeSimple("SELECT 1").close();
            assertEquals("SIMPLE_QUERY SELECT 1 1", told.one());
            conn.executeMany("INSERT INTO t VALUES ($1, $2)", List.of(List.of(1, "a"), List.of(2, "b")))
                    .close();
            assertEquals("BATCH INSERT INTO t VALUES ($1, $2) 2", told.one());
            conn.insertMany("t", List.of("id", "name"), List.of(List.of(3, "c")))
                    .close();
            assertEquals("INSERT INSERT INTO \"t\" 1", told.one());
            conn.cursor().callProc("abs", -5).close();
            assertEquals("CALL abs 1", told.one());
            conn.copyIn("COPY t FROM STDIN", new ByteArrayInputStream("4\td\n".getBytes(StandardCharsets.UTF_8)));
            assertEquals("COPY_IN COPY t FROM STDIN 1", told.one());
            conn.copyRows("COPY t FROM STDIN", List.of(List.of(5, "e"), List.of(6, "f")));
            assertEquals("COPY_IN COPY t FROM STDIN 2", told.one());
            try (CopyWriter writer = conn.copyIn("COPY t FROM STDIN")) {
                writer.row(7, "g");
                assertTrue(told.ends.isEmpty());
            }
            assertEquals("COPY_IN COPY t FROM STDIN 1", told.one());
            conn.copyOut("COPY t TO STDOUT", OutputStream.nullOutputStream());
            assertEquals("COPY_OUT COPY t TO STDOUT 7", told.one());
            try (Cursor rows = conn.copyOut("COPY t TO STDOUT (FORMAT binary)")) {
                assertEquals(7, rows.fetchAll().size());
            }
            assertEquals("COPY_OUT COPY t TO STDOUT (FORMAT binary) 7", told.one());
            try (Pipeline pipeline = conn.pipeline()) {
                pipeline.execute("SELECT 1");
                assertTrue(told.ends.isEmpty());
            }
            assertEquals("PIPELINED SELECT 1 1", told.one());
            conn.onStatement(null);
            conn.execute("SELECT 1").close();
            assertTrue(told.starts.isEmpty());
        }
    }

    @Test
    void whatTheDriverSendsOfItsOwnAccordIsNotTold() {
        try (Connection conn = connect()) {
            conn.onStatement(told);
            conn.transaction(tx -> tx.execute("SELECT 1").fetchOne());
            assertEquals("STATEMENT SELECT 1 1", told.one());
            conn.autocommit(false);
            conn.execute("SELECT 2").close();
            assertEquals("STATEMENT SELECT 2 1", told.one());
            conn.rollback();
            conn.listen("told");
            assertTrue(told.starts.isEmpty(), told.starts::toString);
        }
    }

    @Test
    void aFailureIsToldOnceWhereverItShows() {
        try (Connection conn = connect()) {
            conn.onStatement(told);
            assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1 / 0"));
            assertEquals("STATEMENT SELECT 1 / 0 DivisionByZeroException", told.one());
            // The row that fails comes when others were read.
            String late = "SELECT repeat('x', 100), 1 / (10000 - n) FROM generate_series(1, 10000) n";
            Cursor cursor = conn.execute(late);
            assertTrue(told.ends.isEmpty());
            assertThrows(DivisionByZeroException.class, cursor::fetchAll);
            assertEquals("STATEMENT " + late + " DivisionByZeroException", told.one());
            conn.execute("CREATE TEMP TABLE t (id int)").close();
            told.one();
            conn.copyIn("COPY t FROM STDIN").abandon();
            assertEquals("COPY_IN COPY t FROM STDIN QueryCanceledException", told.one());
            CopyWriter wrong = conn.copyIn("COPY t FROM STDIN");
            wrong.write("x\n");
            assertThrows(RuntimeException.class, wrong::finish);
            assertTrue(told.one().startsWith("COPY_IN COPY t FROM STDIN "));
            assertThrows(RuntimeException.class, () -> conn.copyIn("COPY none FROM STDIN"));
            assertTrue(told.one().startsWith("COPY_IN COPY none FROM STDIN Undefined"));
            Pipeline pipeline = conn.pipeline();
            pipeline.execute("SELECT 1");
            pipeline.execute("SELECT 1 / 0");
            assertThrows(DivisionByZeroException.class, pipeline::close);
            Until.holds(() -> told.ends.size() == 2);
            assertNull(told.ends.get(0).failure());
            assertInstanceOf(DivisionByZeroException.class, told.ends.get(1).failure());
        }
    }

    @Test
    void aCopyEndsWithWhateverEndsIt() {
        Connection conn = connect();
        conn.execute("CREATE TEMP TABLE t (id int)").close();
        conn.onStatement(told);
        conn.autocommit(false);
        CopyWriter undone = conn.copyIn("COPY t FROM STDIN");
        undone.row(1);
        conn.rollback();
        undone.close();
        assertEquals("COPY_IN COPY t FROM STDIN QueryCanceledException", told.one());
        conn.copyIn("COPY t FROM STDIN").row(1);
        conn.close();
        assertTrue(told.one().startsWith("COPY_IN COPY t FROM STDIN "));
    }

    @Test
    void whatIsQueuedWhenTheConnectionIsClosedHasFailed() {
        Connection conn = connect();
        conn.onStatement(told);
        Pipeline pipeline = conn.pipeline();
        pipeline.execute("SELECT 1");
        conn.close();
        assertThrows(InterfaceException.class, pipeline::close);
        assertTrue(told.one().startsWith("PIPELINED SELECT 1 "));
    }

    @Test
    void cursorsOfTheServerAndPagesAreToldByTheirRows() throws Exception {
        try (Connection conn = connect()) {
            conn.onStatement(told);
            conn.transaction(tx -> {
                assertThrows(
                        DivisionByZeroException.class,
                        () -> tx.transaction(inner -> {
                            inner.cursor("wrong").execute("SELECT 1 / 0");
                        }));
                assertEquals("STATEMENT SELECT 1 / 0 DivisionByZeroException", told.one());
                ServerCursor cursor = tx.cursor("told").execute("SELECT generate_series(1, 3)");
                assertEquals("STATEMENT SELECT generate_series(1, 3) -1", told.one());
                assertEquals(1, cursor.description().size());
                assertTrue(told.starts.isEmpty());
                assertEquals(3, cursor.fetchAll().size());
                assertTrue(told.one().startsWith("FETCH "));
                cursor.close();
                Cursor pages = conn.cursor();
                pages.fetchSize(2);
                pages.execute("SELECT generate_series(1, 5)").fetchAll();
                assertEquals(
                        List.of(2L, 2L, 1L),
                        told.ends.stream().map(StatementEnd::rows).toList());
                told.starts.clear();
                told.ends.clear();
            });
            Cursor pages = conn.cursor();
            pages.fetchSize(2);
            pages.execute("SELECT generate_series(1, 5)").fetchAll();
            assertEquals("STATEMENT SELECT generate_series(1, 5) 5", told.one());
        }
        AsyncConnection async = Postgres.connectAsync(TestServer.shared().dsn()).get();
        try {
            async.onStatement(told);
            async.transaction(tx -> tx.cursor("told")
                            .execute("SELECT generate_series(1, 3)")
                            .thenCompose(cursor -> {
                                assertEquals("STATEMENT SELECT generate_series(1, 3) -1", told.one());
                                return cursor.fetchMany(2);
                            }))
                    .get();
            assertTrue(told.one().endsWith(" 2"));
        } finally {
            async.close().get();
        }
    }

    @Test
    void aResultThatIsReadAsItComesEndsWithItsLastRowOrWhenItIsClosed() {
        try (Connection conn = connect()) {
            conn.onStatement(told);
            String large = "SELECT repeat('x', 1000) FROM generate_series(1, 10000)";
            Cursor cursor = conn.execute(large);
            for (int i = 0; i < 100; i++) {
                assertTrue(cursor.next());
            }
            assertTrue(told.ends.isEmpty());
            assertEquals(9_900, cursor.fetchAll().size());
            assertEquals("STATEMENT " + large + " 10000", told.one());
            conn.execute(large).close();
            assertEquals("STATEMENT " + large + " 10000", told.one());
        }
    }

    @Test
    void theAsynchronousFaceTellsTheSame() throws Exception {
        AsyncConnection conn = Postgres.connectAsync(TestServer.shared().dsn()).get();
        try {
            conn.onStatement(told);
            conn.execute("SELECT generate_series(1, $1)", 3).get();
            assertEquals("STATEMENT SELECT generate_series(1, $1) 3", told.one());
            assertThrows(
                    ExecutionException.class, () -> conn.execute("SELECT 1 / 0").get());
            assertEquals("STATEMENT SELECT 1 / 0 DivisionByZeroException", told.one());
            conn.executeSimple("CREATE TEMP TABLE t (id int)").get();
            assertEquals("SIMPLE_QUERY CREATE TEMP TABLE t (id int) -1", told.one());
            conn.executeMany("INSERT INTO t VALUES ($1)", List.of(List.of(1), List.of(2)))
                    .get();
            assertEquals("BATCH INSERT INTO t VALUES ($1) 2", told.one());
            conn.insertMany("t", List.of("id"), List.of(List.of(3))).get();
            assertEquals("INSERT INSERT INTO \"t\" 1", told.one());
            conn.callProc("abs", -5).get();
            assertEquals("CALL abs 1", told.one());
            conn.copyRows("COPY t FROM STDIN", List.of(List.of(4))).get();
            assertEquals("COPY_IN COPY t FROM STDIN 1", told.one());
            CompletableFuture<Long> copied;
            try (SubmissionPublisher<ByteBuffer> data = new SubmissionPublisher<>()) {
                copied = conn.copyIn("COPY t FROM STDIN", data);
                Until.holds(data::hasSubscribers);
                data.submit(ByteBuffer.wrap("5\n".getBytes(StandardCharsets.UTF_8)));
            }
            assertEquals(1, copied.get());
            assertEquals("COPY_IN COPY t FROM STDIN 1", told.one());
            drain(conn.copyOut("COPY t TO STDOUT"));
            assertEquals("COPY_OUT COPY t TO STDOUT 5", told.one());
            drain(conn.stream("SELECT id FROM t"));
            assertEquals("STATEMENT SELECT id FROM t 5", told.one());
            AsyncPipeline pipeline = conn.pipeline();
            pipeline.execute("SELECT 7");
            pipeline.sync().get();
            assertEquals("PIPELINED SELECT 7 1", told.one());
        } finally {
            conn.close().get();
        }
    }

    private static <T> void drain(Flow.Publisher<T> publisher) throws Exception {
        var done = new CompletableFuture<@Nullable Void>();
        publisher.subscribe(new Flow.Subscriber<T>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(T item) {}

            @Override
            public void onError(Throwable failure) {
                done.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                done.complete(null);
            }
        });
        done.get();
    }

    @Test
    void theListenerOfTheConfigurationHearsAllConnectionsOfAPoolAndThatOfABorrowerOnlyItsOwn() {
        Told borrower = new Told();
        Config config = Config.parse(TestServer.shared().dsn()).toBuilder()
                .statements(told)
                .build();
        try (Pool pool = Postgres.pool(PoolConfig.builder(config).maxSize(1).build())) {
            try (Connection conn = pool.connection()) {
                conn.onStatement(borrower);
                conn.execute("SELECT 1").close();
            }
            assertEquals("STATEMENT SELECT 1 1", borrower.one());
            assertEquals("STATEMENT SELECT 1 1", told.one());
            try (Connection conn = pool.connection()) {
                conn.execute("SELECT 2").close();
            }
            assertEquals("STATEMENT SELECT 2 1", told.one());
            pool.fetchAll("SELECT 3");
            assertEquals("STATEMENT SELECT 3 1", told.one());
            assertTrue(borrower.starts.isEmpty());
        }
    }

    @Test
    void whatAListenerThrowsChangesNothing() {
        try (Connection conn = connect()) {
            conn.onStatement(new StatementListener() {
                @Override
                public void started(StatementStart statement) {
                    throw new IllegalStateException("started");
                }

                @Override
                public void ended(StatementEnd statement) {
                    throw new NoClassDefFoundError("ended");
                }
            });
            assertEquals(
                    10_000,
                    conn.execute("SELECT repeat('x', 100) FROM generate_series(1, 10000)")
                            .fetchAll()
                            .size());
            assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
            assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1 / 0"));
        }
    }

    @Test
    void oneThatThrowsSilencesNoOther() {
        try (Connection conn = connect()) {
            conn.onStatement(StatementListener.all(
                    statement -> {
                        throw new IllegalStateException("ended");
                    },
                    told));
            conn.execute("SELECT 1").close();
            assertEquals("STATEMENT SELECT 1 1", told.one());
        }
    }

    @Test
    void whatOpenTelemetryCallsThingsIsTold() {
        try (Connection conn = connect()) {
            conn.onStatement(told);
            conn.execute("  select 1").close();
            var attributes = told.ends.get(0).attributes();
            assertEquals("postgresql", attributes.get("db.system.name"));
            assertEquals(conn.info().database(), attributes.get("db.namespace"));
            assertEquals("SELECT", attributes.get("db.operation.name"));
            assertEquals("  select 1", attributes.get("db.query.text"));
            assertEquals((long) conn.info().port(), attributes.get("server.port"));
            assertEquals(1L, attributes.get("db.response.returned_rows"));
            assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1 / 0"));
            assertEquals("22012", told.ends.get(1).attributes().get("db.response.status_code"));
            assertEquals(conn.processId(), told.ends.get(1).start().place().processId());
            conn.execute("CREATE TEMP TABLE changed (id int)").close();
            conn.execute("INSERT INTO changed VALUES (1)").close();
            assertEquals(1, told.ends.get(3).rows());
            assertNull(told.ends.get(3).attributes().get("db.response.returned_rows"));
        }
    }

    @Test
    void theFlightRecorderHasStatementsCopiesAndConnects(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("statements.jfr");
        int process;
        try (Recording recording = new Recording()) {
            recording.enable("pgwire.Statement").withThreshold(Duration.ZERO);
            recording.start();
            try (Connection conn = connect()) {
                process = conn.processId();
                conn.execute("SELECT generate_series(1, 3)").fetchAll();
                assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1 / 0"));
                conn.copyOut("COPY (SELECT 1) TO STDOUT", OutputStream.nullOutputStream());
            }
            assertThrows(
                    RuntimeException.class,
                    () -> Postgres.connect(Config.parse(TestServer.shared().dsn()).toBuilder()
                            .set("dbname", "none of this name")
                            .build()));
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        List<String> statements = events.stream()
                .filter(event -> event.getEventType().getName().equals("pgwire.Statement")
                        && event.getLong("processId") == process)
                .map(event -> event.getString("kind") + " " + event.getString("sql") + " " + event.getLong("rows"))
                .toList();
        assertEquals(
                List.of(
                        "STATEMENT SELECT generate_series(1, 3) 3",
                        "STATEMENT SELECT 1 / 0 -1",
                        "COPY_OUT COPY (SELECT 1) TO STDOUT 1"),
                statements);
        List<RecordedEvent> connects = events.stream()
                .filter(event -> event.getEventType().getName().equals("pgwire.Connect"))
                .toList();
        assertTrue(connects.stream()
                .anyMatch(event -> event.getString("failure") == null
                        && Objects.requireNonNull(event.getString("server")).contains(":")));
        assertTrue(connects.stream()
                .anyMatch(event ->
                        event.getString("failure") != null && "none of this name".equals(event.getString("database"))));
    }

    @Test
    void aListenerMayHearOnlyWhatIsSlow() {
        try (Connection conn = connect()) {
            conn.onStatement(StatementListener.slowerThan(Duration.ofMinutes(10), told));
            conn.execute("SELECT 1").close();
            assertTrue(told.ends.isEmpty());
            conn.onStatement(StatementListener.slowerThan(Duration.ofMillis(20), told));
            conn.execute("SELECT pg_sleep(0.05)").close();
            assertEquals(1, told.ends.size());
        }
    }
}
