package dev.pgwire.it;

import static dev.pgwire.it.LoopAnswers.NONE;
import static dev.pgwire.it.LoopAnswers.failure;
import static dev.pgwire.it.LoopAnswers.get;
import static dev.pgwire.it.LoopAnswers.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.async.RowPublisher;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.testing.Seed;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rows of a statement as a publisher gives them to its subscribers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RowPublisherIT {
    private static final int ROWS = 20_000;
    private static final String LARGE = "SELECT generate_series(1, $1), repeat('x', 200)";

    private final LoopLane lane = new LoopLane();
    private final LoopSession session = lane.open("");

    record Numbered(int number, String text) {}

    @AfterEach
    void stop() {
        lane.close();
    }

    private RowPublisher<Row> rows(String sql, Object... values) {
        return RowPublisher.rows(session, () -> session.stream(sql, values, null));
    }

    private static <T> Throwable end(RowSubscriber<T> subscriber) throws Exception {
        return failure(subscriber.end);
    }

    private void assertUsable() throws Exception {
        assertEquals(42, row(get(session.execute("SELECT 42", NONE, null))).getInt(0));
    }

    private static void assertCounted(List<Row> rows, int expected) {
        assertEquals(expected, rows.size());
        for (int i = 0; i < expected; i++) {
            assertEquals(i + 1, rows.get(i).getInt(0));
            assertEquals(200, rows.get(i).getString(1).length());
        }
    }

    @Test
    void allRowsComeInTheirOrderOnTheLoopsThread() throws Exception {
        RowSubscriber<Row> subscriber = RowSubscriber.all(rows(LARGE, ROWS));
        assertCounted(get(subscriber.end), ROWS);
        assertEquals(1, subscriber.threads.size());
        assertFalse(subscriber.threads.contains(Thread.currentThread().getName()));
    }

    /** Nothing is run without a subscriber. */
    @Test
    void eachSubscriberHasARunOfItsOwn() throws Exception {
        get(session.execute("CREATE TEMP SEQUENCE runs", NONE, null));
        RowPublisher<Row> publisher = rows("SELECT nextval('runs')");
        for (long run = 1; run <= 3; run++) {
            assertEquals(run, get(RowSubscriber.all(publisher).end).get(0).getLong(0));
        }
        List<RowSubscriber<Row>> together = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            together.add(RowSubscriber.all(publisher));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(4 + i, get(together.get(i).end).get(0).getLong(0));
        }
    }

    @Test
    void statementsRunInTheOrderOfTheCalls() throws Exception {
        get(session.execute("CREATE TEMP TABLE seen (id int)", NONE, null));
        for (int i = 0; i < 100; i++) {
            session.execute("INSERT INTO seen VALUES (1)", NONE, null);
            RowSubscriber<Row> subscriber = RowSubscriber.all(rows("SELECT count(*) FROM seen"));
            session.execute("INSERT INTO seen VALUES (2)", NONE, null);
            assertEquals(2 * i + 1, get(subscriber.end).get(0).getLong(0));
        }
    }

    @Test
    void aSubscriberGetsWhatItAsksForAndNoMore() throws Exception {
        RowSubscriber<Row> subscriber = RowSubscriber.idle(rows(LARGE, ROWS));
        Random random = Seed.take().random();
        int asked = 0;
        while (asked < ROWS) {
            int more = Math.min(ROWS - asked, random.nextInt(1 + random.nextInt(1_000)) + 1);
            subscriber.request(more);
            asked += more;
            while (subscriber.values.size() < asked) {
                LockSupport.parkNanos(10_000);
            }
            // What is on its way to the loop is done.
            get(session.unreadBytes());
            assertEquals(asked, subscriber.values.size());
        }
        assertCounted(get(subscriber.end), ROWS);
    }

    @Test
    void demandMayComeFromManyThreadsAtOnce() throws Exception {
        RowSubscriber<Row> subscriber = RowSubscriber.idle(rows(LARGE, ROWS));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int row = 0; row < ROWS / 4; row++) {
                    subscriber.request(1);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertCounted(get(subscriber.end), ROWS);
    }

    @Test
    void aSubscriberThatAsksForEachRowInItsTurnGetsAll() throws Exception {
        assertCounted(
                get(RowSubscriber.of(rows(LARGE, ROWS), 1, (subscriber, row) -> subscriber.request(1)).end), ROWS);
    }

    @Test
    void anEmptyResultEndsWithoutDemand() throws Exception {
        assertEquals(List.of(), get(RowSubscriber.idle(rows("SELECT 1 WHERE false")).end));
    }

    @Test
    void theEndShowsWithTheLastRow() throws Exception {
        RowSubscriber<Row> subscriber = RowSubscriber.idle(rows(LARGE, ROWS));
        subscriber.request(ROWS);
        assertCounted(get(subscriber.end), ROWS);
    }

    @Test
    void recordsAreMade() throws Exception {
        List<Numbered> records = get(RowSubscriber.all(RowPublisher.records(
                        session,
                        () -> session.stream(
                                "SELECT i AS number, 'row ' || i AS text FROM generate_series(1, 10000) i", NONE, null),
                        Numbered.class))
                .end);
        assertEquals(
                IntStream.rangeClosed(1, 10_000)
                        .mapToObj(i -> new Numbered(i, "row " + i))
                        .toList(),
                records);
    }

    @Test
    void aMapperMayKeepItsRows() throws Exception {
        List<Row> kept = new ArrayList<>();
        List<Integer> mapped = get(RowSubscriber.all(mapped(row -> {
                    kept.add(row);
                    return row.getInt(0);
                }))
                .end);
        assertEquals(ROWS, mapped.size());
        assertCounted(kept, ROWS);
    }

    private <T> RowPublisher<T> mapped(RowMapper<T> mapper) {
        return RowPublisher.mapped(session, () -> session.stream(LARGE, new Object[] {ROWS}, null), mapper);
    }

    @Test
    void aMapperThatFailsEndsItsOwnSubscriptionOnly() throws Exception {
        IllegalStateException failure = new IllegalStateException("a mapper that fails");
        RowSubscriber<Integer> subscriber = RowSubscriber.all(mapped(row -> {
            if (row.getInt(0) == 100) {
                throw failure;
            }
            return row.getInt(0);
        }));
        assertSame(failure, end(subscriber));
        assertEquals(99, subscriber.values.size());
        assertInstanceOf(NullPointerException.class, end(RowSubscriber.all(mapped(row -> null))));
        assertUsable();
    }

    @Test
    void theFailureOfAStatementComesBehindItsRows() throws Exception {
        RowSubscriber<Row> subscriber =
                RowSubscriber.all(rows("SELECT 1 / (50000 - i) FROM generate_series(1, 100000) i"));
        assertInstanceOf(DivisionByZeroException.class, end(subscriber));
        assertEquals(49_999, subscriber.values.size());
        assertInstanceOf(DivisionByZeroException.class, end(RowSubscriber.idle(rows("SELECT 1 / 0"))));
        assertUsable();
    }

    @Test
    void aStatementWithoutRowsFails() throws Exception {
        Throwable failure = end(RowSubscriber.all(rows("SET x.y = 1")));
        assertInstanceOf(InterfaceException.class, failure);
        assertEquals(
                "the statement returned no rows (SET), expected one that does, such as SELECT or INSERT ... RETURNING",
                failure.getMessage());
        assertInstanceOf(InterfaceException.class, end(RowSubscriber.all(rows(""))));
        assertUsable();
    }

    @Test
    void ofSeveralResultsTheFirstIsPublished() throws Exception {
        List<Row> published =
                get(RowSubscriber.all(rows("SELECT 1 UNION ALL SELECT 2; SELECT generate_series(1, 100000); SELECT 3"))
                        .end);
        assertEquals(
                List.of("1", "2"),
                published.stream().map(row -> row.getString(0)).toList());
        assertUsable();
    }

    /** The statement runs to its end. */
    @Test
    void cancelDropsTheRest() throws Exception {
        get(session.execute("CREATE TEMP TABLE returned (id int)", NONE, null));
        for (int round = 0; round < 20; round++) {
            int most = 1 + 50 * round;
            RowSubscriber<Row> subscriber = RowSubscriber.of(
                    rows("INSERT INTO returned SELECT generate_series(1, 10000) RETURNING id"),
                    Long.MAX_VALUE,
                    (self, row) -> {
                        if (self.values.size() == most) {
                            self.subscription.cancel();
                            self.subscription.request(-1);
                            self.subscription.cancel();
                        }
                    });
            assertEquals(
                    10_000L * (round + 1),
                    row(get(session.execute("SELECT count(*) FROM returned", NONE, null)))
                            .getLong(0));
            assertEquals(most, subscriber.values.size());
            assertFalse(subscriber.end.isDone());
        }
    }

    @Test
    void cancelFromAnotherThreadStopsTheRows() throws Exception {
        for (int round = 0; round < 50; round++) {
            RowSubscriber<Row> subscriber = RowSubscriber.all(rows(LARGE, ROWS));
            LockSupport.parkNanos(100_000L * round);
            subscriber.subscription.cancel();
            assertUsable();
            int told = subscriber.values.size();
            assertUsable();
            assertEquals(told, subscriber.values.size());
        }
    }

    /** What has given no rows yet is cancelled on the server, and what was not sent is not. */
    @Test
    void cancelBeforeTheFirstRowsCancelsTheStatement() throws Exception {
        RowSubscriber<Row> sleeping = RowSubscriber.all(rows("SELECT pg_sleep(60)"));
        RowSubscriber<Row> waiting = RowSubscriber.all(rows("SELECT pg_sleep(60)"));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        waiting.subscription.cancel();
        sleeping.subscription.cancel();
        assertUsable();
        RowPublisher<Row> unsent = RowPublisher.rows(session, () -> {
            throw new AssertionError("run for a subscriber that has cancelled");
        });
        unsent.subscribe(new RowSubscriber<>(0, (self, row) -> {}) {
            @Override
            public void onSubscribe(Flow.Subscription begun) {
                begun.cancel();
            }
        });
        assertFalse(sleeping.end.isDone() || waiting.end.isDone());
    }

    @Test
    void demandOfNothingFailsTheSubscription() throws Exception {
        for (long rows : new long[] {0, -1, Long.MIN_VALUE}) {
            RowSubscriber<Row> subscriber = RowSubscriber.idle(rows(LARGE, ROWS));
            subscriber.request(10);
            subscriber.request(rows);
            assertInstanceOf(IllegalArgumentException.class, end(subscriber));
            assertTrue(subscriber.values.size() <= 10);
            RowSubscriber<Row> within =
                    RowSubscriber.of(rows(LARGE, ROWS), 100, (self, row) -> self.subscription.request(rows));
            assertInstanceOf(IllegalArgumentException.class, end(within));
            assertEquals(1, within.values.size());
            assertUsable();
        }
    }

    /** It is told so behind its {@code onSubscribe}, and nothing is run for it. */
    @Test
    void demandOfNothingFromWithinOnSubscribeFailsTheSubscriptionBehindIt() throws Exception {
        AtomicBoolean told = new AtomicBoolean();
        RowSubscriber<Row> subscriber = new RowSubscriber<>(0, (self, row) -> {}) {
            @Override
            public void onSubscribe(Flow.Subscription begun) {
                begun.request(0);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                told.set(end.isDone());
            }
        };
        RowPublisher.rows(session, () -> {
                    throw new AssertionError("run for a subscriber that wants nothing");
                })
                .subscribe(subscriber);
        assertInstanceOf(IllegalArgumentException.class, end(subscriber));
        assertFalse(told.get());
    }

    @Test
    void aSubscriberThatThrowsEndsItsOwnSubscriptionOnly() throws Exception {
        RowSubscriber<Row> throwing = RowSubscriber.of(rows(LARGE, ROWS), Long.MAX_VALUE, (self, row) -> {
            throw new IllegalStateException("a subscriber that throws");
        });
        RowSubscriber<Row> behind = RowSubscriber.all(rows(LARGE, ROWS));
        assertCounted(get(behind.end), ROWS);
        assertEquals(1, throwing.values.size());
        assertFalse(throwing.end.isDone());
        assertUsable();
    }

    /** Rows that are set aside come as they are asked for; in one go, others have their turn between the pages. */
    @Test
    void aStatementBehindASubscriberWithoutDemandHasItsRowsSetAside() throws Exception {
        RowSubscriber<Row> subscriber = RowSubscriber.idle(rows(LARGE, 100_000));
        subscriber.request(7);
        assertUsable();
        assertEquals(7, subscriber.values.size());
        subscriber.request(Long.MAX_VALUE);
        assertCounted(get(subscriber.end), 100_000);
    }

    @Test
    void aStatementBehindASubscriberWithoutDemandIsRefusedWhereTooMuchIsLeft() throws Exception {
        int count = (int) (Results.MOST_SET_ASIDE / 200) + 1_000;
        RowSubscriber<Row> subscriber = RowSubscriber.idle(rows(LARGE, count));
        assertInstanceOf(InterfaceException.class, failure(session.execute("SELECT 1", NONE, null)));
        assertInstanceOf(InterfaceException.class, end(RowSubscriber.all(rows("SELECT 1"))));
        subscriber.subscription.cancel();
        assertUsable();
    }

    /** What a thread asks for is seen in its order, however busy the connection is. */
    @Test
    void aStatementBehindACancelIsNeverRefused() throws Exception {
        int count = (int) (Results.MOST_SET_ASIDE / 200) + 1_000;
        for (int round = 0; round < 5; round++) {
            RowSubscriber<Row> subscriber = RowSubscriber.idle(rows(LARGE, count));
            assertInstanceOf(InterfaceException.class, failure(session.execute("SELECT 1", NONE, null)));
            Thread other = new Thread(() -> {
                for (int i = 0; i < 1_000; i++) {
                    session.execute("SELECT 1", NONE, null);
                }
            });
            other.start();
            subscriber.subscription.cancel();
            assertUsable();
            other.join();
        }
    }

    /** Rows of the one come while those of the other do. */
    @Test
    void subscribersOnSeveralConnectionsOfALoopDoNotHoldEachOtherUp() throws Exception {
        LoopSession other = lane.open("");
        RowSubscriber<Row> held = RowSubscriber.idle(rows(LARGE, ROWS));
        held.request(1);
        RowSubscriber<Row> quick =
                RowSubscriber.all(RowPublisher.rows(other, () -> other.stream(LARGE, new Object[] {ROWS}, null)));
        assertCounted(get(quick.end), ROWS);
        Until.holds(() -> held.values.size() == 1);
        held.request(ROWS);
        assertCounted(get(held.end), ROWS);
        assertEquals(Set.copyOf(held.threads), quick.threads);
    }

    @Test
    void aDeadlineBeforeTheFirstRowsFailsTheSubscription() throws Exception {
        RowSubscriber<Row> subscriber = RowSubscriber.all(
                RowPublisher.rows(session, () -> session.stream("SELECT pg_sleep(60)", NONE, Duration.ofMillis(50))));
        QueryCanceledException failure = assertInstanceOf(QueryCanceledException.class, end(subscriber));
        assertEquals(QueryCanceledException.Reason.DEADLINE, failure.reason());
        assertUsable();
    }

    /** Its time passes while the server is waited for, and not while the subscriber has no demand. */
    @Test
    void aDeadlineBehindTheFirstRowsFailsTheSubscription() throws Exception {
        String stalls =
                "SELECT i, pg_sleep(CASE WHEN i > 1000 THEN 60 ELSE 0 END), repeat('x', 200) FROM generate_series(1, 2000) i";
        RowSubscriber<Row> subscriber = RowSubscriber.idle(
                RowPublisher.rows(session, () -> session.stream(stalls, NONE, Duration.ofSeconds(2))));
        for (int i = 0; i < 7; i++) {
            subscriber.request(1);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
        }
        Until.holds(() -> subscriber.values.size() == 7);
        assertFalse(subscriber.end.isDone());
        subscriber.request(Long.MAX_VALUE);
        QueryCanceledException failure = assertInstanceOf(QueryCanceledException.class, end(subscriber));
        assertEquals(QueryCanceledException.Reason.DEADLINE, failure.reason());
        assertUsable();
    }

    @Test
    void aConnectionThatIsLostFailsTheSubscription() throws Exception {
        int pid =
                row(get(session.execute("SELECT pg_backend_pid()", NONE, null))).getInt(0);
        RowSubscriber<Row> subscriber = RowSubscriber.idle(rows(LARGE, 1_000_000));
        subscriber.request(10);
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            other.execute("SELECT pg_terminate_backend($1)", pid);
        }
        subscriber.request(Long.MAX_VALUE);
        Throwable lost = end(subscriber);
        assertTrue(
                lost instanceof AdminShutdownException || lost instanceof ConnectionFailureException, lost::toString);
    }

    @Test
    void theEndOfTheLoopFailsTheSubscription() throws Exception {
        RowSubscriber<Row> subscriber = RowSubscriber.idle(rows(LARGE, 1_000_000));
        subscriber.request(10);
        while (subscriber.values.size() < 10) {
            LockSupport.parkNanos(10_000);
        }
        lane.endLoop();
        subscriber.request(Long.MAX_VALUE);
        assertInstanceOf(ConnectionFailureException.class, end(subscriber));
        RowSubscriber<Row> late = RowSubscriber.all(rows(LARGE, ROWS));
        assertInstanceOf(ConnectionFailureException.class, end(late));
        late.subscription.cancel();
    }
}
