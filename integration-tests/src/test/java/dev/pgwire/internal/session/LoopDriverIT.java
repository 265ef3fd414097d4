package dev.pgwire.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.net.SharedLoop;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many callers on one connection that lives on a shared event loop. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopDriverIT {
    private static final int CALLERS = 64;
    private static final int STATEMENTS = 200_000;
    private static final int MEGABYTE = 1 << 20;

    private final SharedLoop loop = new SharedLoop("loop test");
    private final ExecutorService blocking = Executors.newCachedThreadPool();

    @AfterEach
    void end() throws Exception {
        loop.close();
        blocking.shutdown();
        assertTrue(blocking.awaitTermination(60, TimeUnit.SECONDS));
    }

    private LoopSession open(String more) {
        return LoopSession.open(Config.parse(TestServer.shared().dsn() + " " + more), loop, blocking);
    }

    @Test
    void eachOf64CallersGetsItsOwnAnswers() throws Exception {
        try (LoopSession session = open("")) {
            play(session, STATEMENTS);
        }
    }

    @Test
    void theSameHoldsWhereTheServerKeepsNoStatement() throws Exception {
        try (LoopSession session = open("prepare=never")) {
            play(session, STATEMENTS / 10);
        }
    }

    private void play(LoopSession session, int statements) throws Exception {
        Seed seed = Seed.take();
        AtomicInteger left = new AtomicInteger(statements);
        CountDownLatch ended = new CountDownLatch(CALLERS);
        ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(new Caller(session, i, seed.random(i), left, ended, wrong));
        }
        callers.forEach(Caller::next);
        ended.await();
        assertEquals(List.of(), List.copyOf(wrong), seed.toString());
        long answered = callers.stream().mapToLong(caller -> caller.answered).sum();
        System.out.println("LoopDriverIT: " + answered + " answers, "
                + callers.stream().mapToLong(caller -> caller.failures).sum() + " of them errors");
        assertEquals(statements, answered);
    }

    /** Runs one statement after the other, each from the completion of the one before. */
    private static final class Caller {
        private final LoopSession session;
        private final int number;
        private final Random random;
        private final AtomicInteger left;
        private final CountDownLatch ended;
        private final ConcurrentLinkedQueue<Throwable> wrong;
        private long answered;
        private long failures;

        Caller(
                LoopSession session,
                int number,
                Random random,
                AtomicInteger left,
                CountDownLatch ended,
                ConcurrentLinkedQueue<Throwable> wrong) {
            this.session = session;
            this.number = number;
            this.random = random;
            this.left = left;
            this.ended = ended;
            this.wrong = wrong;
        }

        void next() {
            if (left.getAndDecrement() <= 0 || !wrong.isEmpty()) {
                ended.countDown();
                return;
            }
            String token = number + "/" + answered;
            int kind = random.nextInt(1000);
            if (kind < 100) {
                expectError(session.execute("SELECT $1::text, 1 / $2::int", values(token, 0), null));
            } else if (kind < 200) {
                expect(session.execute("SELECT $1::text, $2::text", values(token, null), null), token, null);
            } else if (kind < 201) {
                expect(
                        session.execute("SELECT $1::text, repeat('x', $2)", values(token, MEGABYTE), null),
                        token,
                        "x".repeat(MEGABYTE));
            } else if (kind < 210) {
                String unseen = "SELECT $1::text, '" + token + " unseen'";
                expect(session.execute(unseen, values(token), null), token, token + " unseen");
            } else if (kind < 300) {
                expect(session.execute("SELECT '" + token + "', 'as text'", values(), null), token, "as text");
            } else {
                expect(
                        session.execute("SELECT $1::text, $2::text", values(token, "t" + token), null),
                        token,
                        "t" + token);
            }
        }

        private void expect(CompletableFuture<Results> answer, String first, @Nullable String second) {
            answer.whenComplete((results, failure) -> {
                try {
                    assertNull(failure);
                    PageRow row = firstRow(results);
                    assertEquals(first, row.getString(0));
                    assertEquals(second, row.getString(1));
                } catch (Throwable unexpected) {
                    wrong.add(unexpected);
                }
                answered++;
                next();
            });
        }

        private void expectError(CompletableFuture<Results> answer) {
            answer.whenComplete((results, failure) -> {
                try {
                    assertEquals(
                            "22012",
                            assertInstanceOf(DatabaseException.class, failure).sqlState());
                } catch (Throwable unexpected) {
                    wrong.add(unexpected);
                }
                failures++;
                answered++;
                next();
            });
        }
    }

    private static @Nullable Object[] values(@Nullable Object... values) {
        return values;
    }

    private static PageRow firstRow(Results results) {
        Result result = Objects.requireNonNull(results.current());
        RowPlan plan = Objects.requireNonNull(result.plan());
        return Objects.requireNonNull(result.poll()).keep(plan, 0);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return assertThrows(CompletionException.class, future::join).getCause();
    }

    @Test
    void aCutConnectionFailsEveryFutureOnce() {
        try (LoopSession session = open("");
                LoopSession killer = open("")) {
            int process = firstRow(session.execute("SELECT pg_backend_pid()", values(), null)
                            .join())
                    .getInt(0);
            AtomicInteger completions = new AtomicInteger();
            List<CompletableFuture<Results>> futures = new ArrayList<>();
            futures.add(session.execute("SELECT pg_sleep(60)", values(), null));
            for (int i = 0; i < 1000; i++) {
                futures.add(session.execute(
                        i % 3 == 0 ? "CREATE TEMP TABLE t (a int)" : "SELECT $1::int",
                        i % 3 == 0 ? values() : values(i),
                        null));
            }
            futures.forEach(future -> future.whenComplete((results, failure) -> completions.incrementAndGet()));
            killer.execute("SELECT pg_terminate_backend($1)", values(process), null)
                    .join();
            for (CompletableFuture<Results> future : futures) {
                assertInstanceOf(PgException.class, failure(future));
            }
            assertEquals(futures.size(), completions.get());
            Throwable later = failure(session.execute("SELECT 1", values(), null));
            assertInstanceOf(PgException.class, later);
        }
    }

    @Test
    void aReaderThatTakesNoRowsHoldsUpItsOwnLaneOnly() throws Exception {
        try (LoopSession session = open("");
                LoopSession other = open("")) {
            Results results = session.stream(
                            "SELECT i, repeat('x', 100) FROM generate_series(1, 1000000) i", values(), null)
                    .join();
            assertFalse(results.isDone());
            CompletableFuture<Results> behind = session.execute("SELECT 42", values(), null);
            for (int i = 0; i < 1000; i++) {
                assertEquals(
                        i,
                        firstRow(other.execute("SELECT $1::int", values(i), null)
                                        .join())
                                .getInt(0));
            }
            assertFalse(behind.isDone(), behind::toString);
            assertTrue(session.heldBytes(results) <= 64 * 1024, () -> session.heldBytes(results) + " bytes");
            Result result = Objects.requireNonNull(results.current());
            long rows = 0;
            for (RowSlice slice = session.next(results, result).join();
                    slice != null;
                    slice = session.next(results, result).join()) {
                PageRow row = slice.page().keep(Objects.requireNonNull(result.plan()), slice.from());
                assertEquals(rows + 1, row.getInt(0));
                rows += slice.to() - slice.from();
            }
            assertEquals(1_000_000, rows);
            assertEquals(42, firstRow(behind.join()).getInt(0));

            Results dropped = session.stream(
                            "SELECT i, repeat('x', 100) FROM generate_series(1, 100000) i", values(), null)
                    .join();
            CompletableFuture<Results> next = session.execute("SELECT 43", values(), null);
            session.discard(dropped);
            assertEquals(43, firstRow(next.join()).getInt(0));
        }
    }

    @Test
    void aDeadlineCancelsItsStatementAndThoseBehindItGetTheirAnswers() {
        try (LoopSession session = open("")) {
            session.execute("SELECT $1::int", values(0), null).join();
            session.execute("SELECT $1::int", values(0), null).join();
            for (int round = 0; round < 20; round++) {
                CompletableFuture<Results> slow =
                        session.execute("SELECT pg_sleep(60)", values(), Duration.ofMillis(20));
                List<CompletableFuture<Results>> behind = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    behind.add(session.execute("SELECT $1::int", values(i), null));
                }
                QueryCanceledException cancelled = assertInstanceOf(QueryCanceledException.class, failure(slow));
                assertEquals(QueryCanceledException.Reason.DEADLINE, cancelled.reason());
                for (int i = 0; i < 50; i++) {
                    assertEquals(i, firstRow(behind.get(i).join()).getInt(0));
                }
            }
        }
    }

    @Test
    void whatIsNotSentWhenItsDeadlinePassesIsNeverSent() {
        try (LoopSession session = open("")) {
            session.execute("CREATE TEMP TABLE late (a int)", values(), null).join();
            CompletableFuture<Results> slow = session.execute("BEGIN; SELECT pg_sleep(0.3); COMMIT", values(), null);
            CompletableFuture<Results> late =
                    session.execute("INSERT INTO late VALUES ($1)", values(1), Duration.ofMillis(20));
            CompletableFuture<Results> unwanted = session.execute("INSERT INTO late VALUES ($1)", values(2), null);
            assertTrue(unwanted.cancel(true));
            QueryCanceledException passed = assertInstanceOf(QueryCanceledException.class, failure(late));
            assertEquals(QueryCanceledException.Reason.DEADLINE, passed.reason());
            slow.join();
            assertEquals(
                    0L,
                    firstRow(session.execute("SELECT count(*) FROM late", values(), null)
                                    .join())
                            .getLong(0));
        }
    }

    @Test
    void aFutureThatIsCancelledCancelsItsStatementOnTheServer() {
        try (LoopSession session = open("")) {
            CompletableFuture<Results> slow = session.execute("SELECT pg_sleep(60)", values(), null);
            CompletableFuture<Results> behind = session.execute("SELECT $1::int", values(7), null);
            while (!session.isBusy()) {
                Thread.onSpinWait();
            }
            assertTrue(slow.cancel(true));
            assertEquals(7, firstRow(behind.join()).getInt(0));
        }
    }

    @Test
    void whatIsNoPlainStatementIsAlone() {
        try (LoopSession session = open("")) {
            List<CompletableFuture<Results>> futures = new ArrayList<>();
            futures.add(session.execute("CREATE TEMP TABLE t (a int)", values(), null));
            List<@Nullable Object[]> sets = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                sets.add(values(i));
            }
            for (int i = 0; i < 10; i++) {
                futures.add(session.execute("BEGIN", values(), null));
                futures.add(session.executeMany("INSERT INTO t VALUES ($1)", sets.iterator(), null));
                futures.add(session.execute("SELECT $1::int", values(i), null));
                futures.add(session.execute(i % 2 == 0 ? "COMMIT" : "ROLLBACK", values(), null));
                futures.add(session.execute("SET application_name = 'a'; SELECT 1", values(), null));
            }
            CompletableFuture<Results> count = session.execute("SELECT count(*) FROM t", values(), null);
            futures.forEach(CompletableFuture::join);
            assertEquals(100_000L, firstRow(count.join()).getLong(0));
        }
    }

    @Test
    void futuresAreCompletedInTheOrderOfTheRequests() {
        try (LoopSession session = open("");
                LoopSession other = open("")) {
            other.execute("SELECT pg_advisory_lock(72)", values(), null).join();
            session.execute("SELECT pg_advisory_lock(72)", values(), null);
            List<CompletableFuture<?>> futures = new ArrayList<>();
            ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < 5000; i++) {
                int number = i;
                CompletableFuture<Results> future = i % 100 == 7
                        ? session.execute("SELECT 1 / $1::int", values(0), null)
                        : session.execute("SELECT $1::int + " + i % 3, values(i), null);
                futures.add(future.handle((results, failure) -> {
                    assertEquals(number % 100 == 7, failure instanceof DatabaseException);
                    return order.add(number);
                }));
            }
            assertEquals(List.of(), List.copyOf(order));
            other.execute("SELECT pg_advisory_unlock(72)", values(), null).join();
            futures.forEach(CompletableFuture::join);
            List<Integer> seen = List.copyOf(order);
            for (int i = 0; i < seen.size(); i++) {
                assertEquals(i, seen.get(i));
            }
        }
    }

    @Test
    void closeFailsWhatIsNotAnswered() {
        LoopSession session = open("");
        CompletableFuture<Results> slow = session.execute("SELECT pg_sleep(60)", values(), null);
        CompletableFuture<Results> behind = session.execute("CREATE TEMP TABLE t (a int)", values(), null);
        session.close();
        session.close();
        assertInstanceOf(ConnectionFailureException.class, failure(slow));
        assertInstanceOf(ConnectionFailureException.class, failure(behind));
        assertNotNull(failure(session.execute("SELECT 1", values(), null)));
    }

    /** Deadlines and cancels at random moments: nothing is ever answered with what is another's. */
    @Test
    void cancelsAtRandomMomentsHitNothingElse() throws Exception {
        Seed seed = Seed.take();
        Random random = seed.random();
        AtomicLong cancelled = new AtomicLong();
        try (LoopSession session = open("")) {
            for (int round = 0; round < 300; round++) {
                List<CompletableFuture<Results>> futures = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    Duration deadline = random.nextInt(4) == 0 ? Duration.ofNanos(1 + random.nextInt(3_000_000)) : null;
                    futures.add(session.execute(
                            "SELECT $1::int, pg_sleep($2)", values(i, random.nextInt(3) * 0.0005), deadline));
                }
                for (int i = 0; i < futures.size(); i++) {
                    try {
                        assertEquals(i, firstRow(futures.get(i).join()).getInt(0), seed.toString());
                    } catch (CompletionException expected) {
                        QueryCanceledException canceled =
                                assertInstanceOf(QueryCanceledException.class, expected.getCause(), seed.toString());
                        assertEquals(QueryCanceledException.Reason.DEADLINE, canceled.reason(), seed.toString());
                        cancelled.incrementAndGet();
                    }
                }
            }
        }
        System.out.println("LoopDriverIT: " + cancelled + " statements were cancelled");
        assertTrue(cancelled.get() > 0);
    }
}
