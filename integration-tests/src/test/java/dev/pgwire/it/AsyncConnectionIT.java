package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.BulkInsert;
import dev.pgwire.Connection;
import dev.pgwire.Isolation;
import dev.pgwire.Postgres;
import dev.pgwire.TransactionMode;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncPipeline;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.async.EventLoops;
import dev.pgwire.config.Config;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.DataException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.UndefinedTableException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.pool.Pool;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Answer;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The asynchronous face, as programs use it. */
class AsyncConnectionIT {
    record Person(int id, String name) {}

    private final AsyncConnection conn = open("");

    private static AsyncConnection open(String extra) {
        return get(Postgres.connectAsync(TestServer.shared().dsn(extra)));
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError("the future failed, expected a value", failed.getCause());
        } catch (Exception late) {
            throw new AssertionError("the future did not complete", late);
        }
    }

    private static <X extends Throwable> X failure(Class<X> type, CompletableFuture<?> future) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> future.get(60, TimeUnit.SECONDS));
        return assertInstanceOf(type, failed.getCause());
    }

    @AfterEach
    void close() {
        get(conn.close());
    }

    @Test
    void aStatementAnswersWithItsRows() {
        Answer answer = get(conn.execute("SELECT i AS id, 'n' || i AS name FROM generate_series(1, $1::int) i", 3));
        assertEquals(3, answer.rowCount());
        assertEquals("SELECT 3", answer.statusMessage());
        assertEquals(List.of(new Person(1, "n1"), new Person(2, "n2"), new Person(3, "n3")), answer.rows(Person.class));
        assertEquals(List.of("n1", "n2", "n3"), answer.rows(row -> row.getString("name")));
        assertEquals(1, answer.first().orElseThrow().getInt(0));
        assertEquals(1, answer.scalar(Integer.class));
        assertArrayEquals(new int[] {1, 2, 3}, answer.columns().ints(0));
        assertNull(answer.next());
        assertThrows(dev.pgwire.error.ProgrammingException.class, answer::single);
    }

    @Test
    void valuesMayBeGivenByName() {
        assertEquals(
                7,
                get(conn.execute("SELECT :a::int + :b::int", Map.of("a", 3, "b", 4)))
                        .scalar(Integer.class));
        assertThrows(InterfaceException.class, () -> conn.execute("SELECT :a", Map.of("b", 4)));
    }

    @Test
    void aStatementWithoutRowsSaysSo() {
        Answer answer = get(conn.execute("SET application_name = 'x'"));
        assertNull(answer.description());
        assertThrows(InterfaceException.class, answer::rows);
        assertEquals(-1, answer.rowCount());
    }

    @Test
    void severalStatementsInOneStringAnswerOneBehindTheOther() {
        Answer first = get(conn.execute("SELECT 1; SELECT 2, 3; SET application_name = 'y'"));
        assertEquals(1, first.single().getInt(0));
        assertEquals(3, first.next().single().getInt(1));
        assertEquals("SET", first.next().next().statusMessage());
        assertNull(first.next().next().next());
        assertEquals("1", get(conn.executeSimple("SELECT 1")).single().getString(0));
    }

    @Test
    void statementsOfManyCallersAreAnsweredInOrder() {
        List<CompletableFuture<Integer>> all = IntStream.range(0, 2_000)
                .mapToObj(i -> conn.execute("SELECT $1::int", i).thenApply(answer -> answer.scalar(Integer.class)))
                .toList();
        for (int i = 0; i < all.size(); i++) {
            assertEquals(i, get(all.get(i)));
        }
    }

    @Test
    void executeManyAndInsertManyDoWhatTheBlockingOnesDo() {
        get(conn.execute("CREATE TEMP TABLE people (id int PRIMARY KEY, name text)"));
        assertEquals(
                2,
                get(conn.executeMany(
                                "INSERT INTO people VALUES ($1, $2)",
                                List.of(new Object[] {1, "a"}, new Object[] {2, "b"})))
                        .rowCount());
        assertArrayEquals(
                new long[] {1, 0},
                get(conn.executeMany(
                                "UPDATE people SET name = :name WHERE id = :id",
                                List.of(new Person(1, "x"), new Person(9, "y"))))
                        .rowCounts());
        List<Person> rows = IntStream.range(100, 6_000)
                .mapToObj(i -> new Person(i, "n" + i))
                .toList();
        assertEquals(
                5_900,
                get(conn.insertMany("people", List.of("id", "name"), rows)).rowCount());
        Answer returned = get(
                conn.insertMany(BulkInsert.into("people", "id", "name").returning("id"), List.of(new Person(50, "r"))));
        assertEquals(50, returned.scalar(Integer.class));
        Answer each = get(conn.executeMany(
                "SELECT name FROM people WHERE id = $1", List.of(List.of(100), List.of(101), List.of(-1))));
        assertEquals("n100", each.scalar(String.class));
        assertEquals("n101", each.next().scalar(String.class));
        assertTrue(each.next().next().first().isEmpty());
        assertEquals(5_903, get(conn.execute("SELECT count(*) FROM people")).scalar(Long.class));
        assertEquals(
                List.of(new Person(1, "x")), get(conn.query(Person.class, "SELECT * FROM people WHERE id = $1", 1)));
        failure(DataException.class, conn.insertMany("people", List.of("id", "name"), List.of(List.of("no", "n"))));
        assertTrue(get(conn.execute("SELECT 1")).first().isPresent());
    }

    @Test
    void aFailureIsThatOfTheBlockingFaceAndTheConnectionGoesOn() {
        UndefinedTableException failure =
                failure(UndefinedTableException.class, conn.execute("SELECT * FROM no_such_table"));
        assertEquals("SELECT * FROM no_such_table", failure.sql());
        assertEquals(1, get(conn.execute("SELECT 1")).scalar(Integer.class));
    }

    @Test
    void aFailureTellsWhereItWasAskedFor() {
        assertTrue(
                stack(conn).stream().anyMatch(frame -> frame.getMethodName().equals("aFailureTellsWhereItWasAskedFor")),
                stack(conn).toString());
        AsyncConnection silent = open("caller_stack=off");
        assertFalse(stack(silent).stream()
                .anyMatch(frame -> frame.getMethodName().equals("aFailureTellsWhereItWasAskedFor")));
        get(silent.close());
    }

    private static List<StackTraceElement> stack(AsyncConnection asked) {
        return List.of(failure(UndefinedTableException.class, asked.execute("SELECT * FROM no_such_table"))
                .getStackTrace());
    }

    @Test
    void aTransactionCommitsWhatItsBlockDid() {
        get(conn.execute("CREATE TEMP TABLE t (id int PRIMARY KEY)"));
        long count = get(conn.transaction(tx -> tx.execute("INSERT INTO t VALUES (1)")
                .thenCompose(one -> tx.execute("INSERT INTO t VALUES (2)"))
                .thenCompose(two -> tx.execute("SELECT count(*) FROM t"))
                .thenApply(answer -> answer.scalar(Long.class))));
        assertEquals(2, count);
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals(2L, get(conn.execute("SELECT count(*) FROM t")).scalar(Long.class));
    }

    @Test
    void aTransactionWhoseBlockFailsIsRolledBack() {
        get(conn.execute("CREATE TEMP TABLE t (id int PRIMARY KEY)"));
        failure(UniqueViolationException.class, conn.transaction(tx -> tx.execute("INSERT INTO t VALUES (1)")
                .thenCompose(one -> tx.execute("INSERT INTO t VALUES (1)"))));
        failure(IllegalStateException.class, conn.transaction(tx -> {
            tx.execute("INSERT INTO t VALUES (3)");
            throw new IllegalStateException("thrown");
        }));
        assertFalse(get(conn.inTransaction()));
        assertEquals(0L, get(conn.execute("SELECT count(*) FROM t")).scalar(Long.class));
    }

    @Test
    void aNestedTransactionIsASavepoint() {
        get(conn.execute("CREATE TEMP TABLE t (id int PRIMARY KEY)"));
        get(conn.transaction(tx -> tx.execute("INSERT INTO t VALUES (1)")
                .thenCompose(one -> tx.<Answer>transaction(inner -> inner.execute("INSERT INTO t VALUES (1)"))
                        .handle((answer, failure) -> {
                            assertInstanceOf(UniqueViolationException.class, failure);
                            return null;
                        }))
                .thenCompose(undone -> tx.transaction(inner -> inner.execute("INSERT INTO t VALUES (2)")))
                .thenCompose(done -> tx.execute("INSERT INTO t VALUES (3)"))));
        assertEquals(
                List.of(1, 2, 3),
                get(conn.execute("SELECT id FROM t ORDER BY 1")).rows(row -> row.getInt(0)));
    }

    @Test
    void aTransactionThatHasEndedRefusesEverything() {
        AsyncTransaction tx = get(conn.begin());
        get(tx.execute("SELECT 1"));
        get(tx.commit());
        assertTrue(tx.hasEnded());
        failure(InterfaceException.class, tx.execute("SELECT 1"));
        failure(InterfaceException.class, tx.commit());
        failure(InterfaceException.class, tx.rollback());
        failure(InterfaceException.class, tx.begin());
        AsyncTransaction other = get(conn.begin());
        get(other.execute("SELECT 1"));
        get(conn.execute("COMMIT"));
        failure(InterfaceException.class, other.execute("SELECT 1"));
        assertTrue(other.hasEnded());
    }

    @Test
    void commitOfAFailedTransactionSaysThatItWasRolledBack() {
        AsyncTransaction tx = get(conn.begin());
        failure(UndefinedTableException.class, tx.execute("SELECT * FROM no_such_table"));
        assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
        failure(InFailedTransactionException.class, tx.commit());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
    }

    @Test
    void theModeOfATransactionIsSentWithIts_BEGIN() {
        TransactionMode mode = TransactionMode.DEFAULT.with(Isolation.SERIALIZABLE);
        assertEquals(
                "serializable",
                get(conn.transaction(mode, tx -> tx.execute("SHOW transaction_isolation")))
                        .scalar(String.class));
        get(conn.isolation(Isolation.REPEATABLE_READ));
        assertEquals(
                "repeatable read",
                get(conn.transaction(tx -> tx.execute("SHOW transaction_isolation")))
                        .scalar(String.class));
    }

    @Test
    void withoutAutocommitAStatementBeginsATransaction() {
        get(conn.autocommit(false));
        get(conn.execute("SELECT 1"));
        assertTrue(get(conn.inTransaction()));
        failure(InterfaceException.class, conn.autocommit(true));
        get(conn.rollback());
        assertFalse(get(conn.inTransaction()));
        get(conn.autocommit(true));
        assertTrue(conn.autocommit());
    }

    @Test
    void aPipelineIsOneTransaction() {
        get(conn.execute("CREATE TEMP TABLE t (id int PRIMARY KEY)"));
        AsyncPipeline pipeline = conn.pipeline();
        CompletableFuture<Answer> one = pipeline.execute("INSERT INTO t VALUES ($1) RETURNING id", 1);
        CompletableFuture<Answer> two = pipeline.execute("SELECT count(*) FROM t");
        get(pipeline.sync());
        assertEquals(1, get(one).scalar(Integer.class));
        assertEquals(1L, get(two).scalar(Long.class));

        CompletableFuture<Answer> before = pipeline.execute("INSERT INTO t VALUES (2)");
        CompletableFuture<Answer> failing = pipeline.execute("INSERT INTO t VALUES (1)");
        CompletableFuture<Answer> behind = pipeline.execute("INSERT INTO t VALUES (3)");
        failure(UniqueViolationException.class, pipeline.sync());
        assertEquals(1, get(before).rowCount());
        failure(UniqueViolationException.class, failing);
        failure(PipelineAbortedException.class, behind);
        assertEquals(1L, get(conn.execute("SELECT count(*) FROM t")).scalar(Long.class));
    }

    @Test
    void aPipelineWithAValueThatCannotBeWrittenExecutesNothing() {
        get(conn.execute("CREATE TEMP TABLE t (id int PRIMARY KEY)"));
        AsyncPipeline pipeline = conn.pipeline();
        CompletableFuture<Answer> before = pipeline.execute("INSERT INTO t VALUES ($1)", 1);
        CompletableFuture<Answer> refused = pipeline.execute("INSERT INTO t VALUES ($1)", new int[] {2});
        CompletableFuture<Answer> behind = pipeline.execute("INSERT INTO t VALUES ($1)", 3);
        failure(dev.pgwire.error.PgException.class, pipeline.sync());
        failure(dev.pgwire.error.PgException.class, before);
        failure(DataException.class, refused);
        failure(PipelineAbortedException.class, behind);
        assertEquals(0L, get(conn.execute("SELECT count(*) FROM t")).scalar(Long.class));
    }

    @Test
    void toCancelTheFutureCancelsOnTheServer() {
        CompletableFuture<Answer> sleeping = conn.execute("SELECT pg_sleep(600)");
        CompletableFuture<Answer> behind = conn.execute("SELECT 1");
        assertTrue(sleeping.cancel(true));
        assertThrows(CancellationException.class, sleeping::join);
        assertEquals(1, get(behind).scalar(Integer.class));
    }

    @Test
    void aDeadlineCancelsOnTheServer() {
        conn.deadline(Duration.ofMillis(100));
        QueryCanceledException late = failure(QueryCanceledException.class, conn.execute("SELECT pg_sleep(600)"));
        assertEquals(QueryCanceledException.Reason.DEADLINE, late.reason());
        conn.deadline(null);
        assertEquals(1, get(conn.execute("SELECT 1")).scalar(Integer.class));
        assertThrows(InterfaceException.class, () -> conn.deadline(Duration.ofMillis(-1)));
    }

    @Test
    void cancelHitsWhatRuns() {
        CompletableFuture<Answer> sleeping = conn.execute("SELECT pg_sleep(600)");
        while (!sleeping.isDone()) {
            get(conn.cancel());
        }
        assertEquals(
                QueryCanceledException.Reason.CANCEL_REQUEST,
                failure(QueryCanceledException.class, sleeping).reason());
        get(conn.cancel());
        assertEquals(1, get(conn.execute("SELECT 1")).scalar(Integer.class));
    }

    @Test
    void toCancelATransactionRollsItBack() {
        get(conn.execute("CREATE TEMP TABLE t (id int PRIMARY KEY)"));
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Answer> tx = conn.transaction(
                block -> block.execute("INSERT INTO t VALUES (1)").thenCompose(one -> {
                    begun.complete(null);
                    return block.execute("SELECT pg_sleep(600)");
                }));
        get(begun);
        assertTrue(tx.cancel(true));
        assertEquals(0L, get(conn.execute("SELECT count(*) FROM t")).scalar(Long.class));
        assertFalse(get(conn.inTransaction()));
    }

    /** The future is cancelled before its turn, in it, and after it. */
    @Test
    void aTransactionWhoseCallerHasGivenItUpDoesNotBegin() {
        int kept = 0;
        for (int i = 0; i < 2_000; i++) {
            CompletableFuture<AsyncTransaction> begin = conn.begin();
            for (int spin = 0; spin < i % 200; spin++) {
                Thread.onSpinWait();
            }
            boolean cancelled = begin.cancel(false);
            CompletableFuture<Boolean> begun = conn.inTransaction();
            assertEquals(!cancelled, get(begun), "after " + i);
            if (!cancelled) {
                kept++;
                get(get(begin).rollback());
            }
        }
        assertTrue(kept < 2_000);
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
    }

    @Test
    void aResetBringsTheSessionBack() {
        get(conn.autocommit(false));
        get(conn.execute("SET application_name = 'changed'"));
        get(conn.execute("CREATE TEMP TABLE t (id int)"));
        conn.deadline(Duration.ofMinutes(1));
        get(conn.reset());
        assertTrue(conn.autocommit());
        assertNull(conn.deadline());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals(
                0L,
                get(conn.execute("SELECT count(*) FROM pg_class WHERE relname = 't' AND relpersistence = 't'"
                                + " AND relnamespace = pg_my_temp_schema()"))
                        .scalar(Long.class));
    }

    @Test
    void noticesAndFactsAreThere() {
        List<String> heard = new ArrayList<>();
        conn.onNotice(notice -> heard.add(notice.message()));
        get(conn.execute("DO $$ BEGIN RAISE NOTICE 'hello'; END $$"));
        assertEquals(List.of("hello"), heard);
        assertEquals("hello", conn.notices().get(0).message());
        assertEquals(conn.processId(), conn.info().processId());
        assertEquals("nio", conn.info().transport());
        assertEquals(
                conn.processId(), get(conn.execute("SELECT pg_backend_pid()")).scalar(Integer.class));
        assertFalse(conn.toString().contains("password="), conn.toString());
    }

    @Test
    void anythingThatWaitsThrowsOnTheThreadOfTheLoop() {
        try (Connection blocking = Postgres.connect(TestServer.shared().dsn(""));
                Pool pool = Postgres.pool(TestServer.shared().dsn(""))) {
            for (Runnable waiting : List.<Runnable>of(
                    () -> blocking.execute("SELECT 1"),
                    () -> conn.execute("SELECT 2").join(),
                    () -> pool.execute("SELECT 3"),
                    pool::connection)) {
                CompletableFuture<Throwable> thrown = new CompletableFuture<>();
                // A listener is always called by the loop, which a dependent of a future need not be.
                conn.onNotice(notice -> {
                    try {
                        waiting.run();
                        thrown.complete(new AssertionError("it waited"));
                    } catch (Throwable refused) {
                        thrown.complete(refused);
                    }
                });
                get(conn.execute("DO $$ BEGIN RAISE NOTICE 'now'; END $$"));
                assertInstanceOf(IllegalStateException.class, get(thrown));
            }
            assertEquals(1, blocking.execute("SELECT 1").fetchOne().getInt(0));
        }
    }

    @Test
    void whatIsAskedOfAClosedConnectionFails() {
        AsyncConnection other = open("");
        CompletableFuture<Answer> sleeping = other.execute("SELECT pg_sleep(600)");
        get(other.close());
        failure(dev.pgwire.error.OperationalException.class, sleeping);
        failure(InterfaceException.class, other.execute("SELECT 1"));
        failure(InterfaceException.class, other.begin());
        failure(InterfaceException.class, other.cancel());
        assertTrue(other.isClosed());
        get(other.close());
    }

    @Test
    void aConnectionThatCannotBeMadeFailsTheFuture() {
        failure(
                CannotConnectException.class,
                Postgres.connectAsync("host=localhost port=1 user=x dbname=x sslmode=disable"));
    }

    @Test
    void loopsOfTheProgramsOwnEndWithTheirLastConnection() throws Exception {
        EventLoops loops = EventLoops.of(2);
        AsyncConnection one =
                get(Postgres.connectAsync(Config.parse(TestServer.shared().dsn("")), loops));
        AsyncConnection two =
                get(Postgres.connectAsync(Config.parse(TestServer.shared().dsn("")), loops));
        assertEquals(2, loops.connections());
        loops.close();
        failure(
                InterfaceException.class,
                Postgres.connectAsync(Config.parse(TestServer.shared().dsn("")), loops));
        assertEquals(1, get(one.execute("SELECT 1")).scalar(Integer.class));
        get(one.close());
        get(two.close());
        while (loops.connections() > 0
                || Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().startsWith("pgwire-own-loop"))) {
            Thread.sleep(10);
        }
    }
}
