package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Isolation;
import dev.pgwire.Postgres;
import dev.pgwire.TransactionMode;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.config.Config;
import dev.pgwire.config.LeakDetection;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.pool.AsyncPool;
import dev.pgwire.pool.NoConnectionException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.SessionReset;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Conversion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pool as programs use it that do not wait. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolAsyncIT {
    private static final Pattern ROUND_TRIP = Pattern.compile("F\t\\d+\t(Sync|Query)\\b");

    private final StringBuffer trace = new StringBuffer();
    private Pool pool;
    private AsyncPool async;

    @AfterEach
    void close() {
        if (pool != null) {
            pool.drain(Duration.ZERO);
        }
    }

    private PoolConfig.Builder builder() {
        Config traced =
                Config.parse(TestServer.shared().dsn()).toBuilder().trace(trace).build();
        return PoolConfig.builder(traced).maxSize(1);
    }

    private void open(PoolConfig.Builder builder) {
        pool = Postgres.pool(builder.build());
        async = pool.async();
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (Exception late) {
            throw new AssertionError("the future did not complete", late);
        }
    }

    private int process() {
        return get(async.withConnection(conn -> CompletableFuture.completedFuture(conn.processId())));
    }

    private static <X extends Throwable> X failure(Class<X> type, CompletableFuture<?> future) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> future.get(60, TimeUnit.SECONDS));
        return assertInstanceOf(type, failed.getCause());
    }

    private int roundTrips() {
        return (int) ROUND_TRIP.matcher(trace).results().count();
    }

    @Test
    void connectionsAreBorrowedAndGivenBack() throws Exception {
        open(builder());
        AsyncConnection first = get(async.connection());
        int process = first.processId();
        assertEquals(1, get(first.execute("SELECT 1")).scalar(Integer.class));
        get(first.close());
        AsyncConnection second = get(async.connection());
        assertEquals(process, second.processId());
        assertEquals(1, pool.stats().borrowed());
        CompletableFuture<AsyncConnection> third = async.connection();
        assertFalse(third.isDone());
        assertEquals(1, pool.stats().waiting());
        get(second.close());
        get(second.close());
        assertEquals(process, get(third).processId());
        assertTrue(second.isClosed());
        get(get(third).close());
        assertEquals(1, pool.stats().connects());
        assertEquals(0, pool.stats().borrowed());
    }

    @Test
    void aConnectionThatWasGivenBackRefusesEverything() {
        open(builder());
        AsyncConnection conn = get(async.connection());
        AsyncTransaction tx = get(conn.begin());
        get(conn.close());
        AsyncConnection next = get(async.connection());
        List<CompletableFuture<?>> all = List.of(
                conn.execute("SELECT 1"),
                conn.executeSimple("SELECT 1"),
                conn.executeMany("SELECT $1::int", List.of(List.of(1))),
                conn.query(row -> 1, "SELECT 1"),
                conn.begin(),
                conn.begin(TransactionMode.DEFAULT),
                conn.commit(),
                conn.rollback(),
                conn.reset(),
                conn.cancel(),
                conn.autocommit(false),
                conn.transactionMode(TransactionMode.DEFAULT),
                conn.inTransaction(),
                conn.transaction(inside -> CompletableFuture.completedFuture(1)),
                tx.execute("SELECT 1"),
                tx.commit(),
                tx.rollback());
        for (CompletableFuture<?> each : all) {
            assertTrue(failure(InterfaceException.class, each).getMessage().contains("given back"));
        }
        assertThrows(InterfaceException.class, () -> conn.deadline(Duration.ofSeconds(1)));
        assertThrows(InterfaceException.class, () -> conn.onNotice(null));
        assertThrows(InterfaceException.class, conn::notices);
        assertThrows(
                InterfaceException.class,
                () -> conn.conversion(Conversion.of(Tag.class, String.class, Tag::new, Tag::text)));
        assertEquals(1, get(next.execute("SELECT 1")).scalar(Integer.class));
        get(next.close());
    }

    record Tag(String text) {}

    @Test
    void aBlockHasAConnectionUntilItsStageIsDone() throws Exception {
        open(builder());
        Integer sum = get(async.withConnection(conn -> conn.execute("SELECT 1")
                .thenCompose(one -> conn.execute("SELECT $1::int + 2", one.scalar(Integer.class)))
                .thenApply(answer -> answer.scalar(Integer.class))));
        assertEquals(Integer.valueOf(3), sum);
        assertEquals(0, pool.stats().borrowed());
        failure(DivisionByZeroException.class, async.withConnection(conn -> conn.execute("SELECT 1/0")));
        failure(IllegalStateException.class, async.withConnection(conn -> {
            throw new IllegalStateException();
        }));
        failure(NullPointerException.class, async.withConnection(conn -> null));
        assertEquals(0, pool.stats().borrowed());
        assertEquals(1, pool.stats().connects());
    }

    @Test
    void aTransactionIsCommittedOrRolledBackBeforeTheConnectionIsGivenBack() {
        open(builder());
        get(async.execute("DROP TABLE IF EXISTS pool_async; CREATE TABLE pool_async (id int)"));
        get(async.transaction(tx -> tx.execute("INSERT INTO pool_async VALUES (1)")));
        get(async.transaction(
                TransactionMode.DEFAULT.with(Isolation.SERIALIZABLE),
                tx -> tx.execute("INSERT INTO pool_async VALUES (2)")));
        failure(DivisionByZeroException.class, async.transaction(tx -> tx.execute("INSERT INTO pool_async VALUES (3)")
                .thenCompose(done -> tx.execute("SELECT 1/0"))));
        assertEquals(2L, get(async.execute("SELECT count(*) FROM pool_async")).scalar(Long.class));
        get(async.execute("DROP TABLE pool_async"));
        assertEquals(0, pool.stats().borrowed());
    }

    @Test
    void aBorrowerThatWaitsIsServedInItsTurnOrToldWhy() throws Exception {
        open(builder().acquireTimeout(Duration.ofSeconds(2)).maxWaiters(2));
        AsyncConnection held = get(async.connection());
        get(held.execute("SELECT 'who has it'"));
        CompletableFuture<AsyncConnection> late = async.connection();
        CompletableFuture<AsyncConnection> cancelled = async.connection();
        String refusal =
                failure(NoConnectionException.class, async.connection()).getMessage();
        assertTrue(refusal.contains("too many") && refusal.contains("who has it"), refusal);
        assertTrue(cancelled.cancel(true));
        assertEquals(1, pool.stats().waiting());
        NoConnectionException over = failure(NoConnectionException.class, late);
        assertTrue(over.getMessage().contains("came free within"), over.getMessage());
        assertTrue(
                Stream.of(over.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().contains("PoolAsyncIT")),
                "the stack is the caller's");
        assertEquals(0, pool.stats().waiting());
        get(held.close());
        assertEquals(1, pool.stats().idle());
        assertEquals(1, pool.stats().timeouts());
        assertThrows(CancellationException.class, cancelled::join);
    }

    @Test
    void aClosedPoolRefusesAndTellsThoseWhoWait() {
        open(builder());
        AsyncConnection held = get(async.connection());
        CompletableFuture<AsyncConnection> waiting = async.connection();
        pool.close();
        failure(InterfaceException.class, waiting);
        failure(InterfaceException.class, async.connection());
        failure(InterfaceException.class, async.execute("SELECT 1"));
        assertEquals(1, get(held.execute("SELECT 1")).scalar(Integer.class));
        get(held.close());
        assertEquals(0, pool.stats().size());
    }

    @Test
    void bothFacesShareThePlacesOfThePool() throws Exception {
        open(builder());
        for (int i = 0; i < 3; i++) {
            try (Connection blocking = pool.connection()) {
                assertEquals(1, blocking.execute("SELECT 1").fetchOne().getInt(0));
            }
            get(async.withConnection(conn -> conn.execute("SELECT 1")));
        }
        assertEquals(1, pool.stats().size());
        Connection held = pool.connection();
        CompletableFuture<AsyncConnection> waiting = async.connection();
        Until.holds(() -> pool.stats().waiting() == 1);
        held.close();
        AsyncConnection got = get(waiting);
        assertEquals(1, pool.stats().size());
        Thread blocked = new Thread(() -> pool.withConnection(conn -> conn.execute("SELECT 1")));
        blocked.start();
        Until.holds(() -> pool.stats().waiting() == 1);
        get(got.close());
        blocked.join();
        assertEquals(0, pool.stats().borrowed());
    }

    /** With room for both no connection is closed for the other face. */
    @Test
    void eachFaceKeepsItsConnectionWhereThereIsRoom() {
        open(builder().maxSize(2));
        for (int i = 0; i < 10; i++) {
            pool.withConnection(conn -> conn.execute("SELECT 1"));
            get(async.withConnection(conn -> conn.execute("SELECT 1")));
        }
        assertEquals(2, pool.stats().connects());
        assertEquals(0, pool.stats().retired());
    }

    @Test
    void statementsShareConnectionsOrHaveTheirOwn() {
        open(builder().maxSize(4).lanes(1));
        List<CompletableFuture<Answer>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(i % 10 == 0 ? async.execute("SELECT 1 / $1::int", 0) : async.execute("SELECT $1::int", i));
        }
        for (int i = 0; i < 500; i++) {
            if (i % 10 == 0) {
                failure(DivisionByZeroException.class, all.get(i));
            } else {
                assertEquals(i, get(all.get(i)).scalar(Integer.class));
            }
        }
        assertEquals(0, pool.stats().borrows());
        String setting = "SELECT set_config('statement_timeout', '1h', false)";
        assertEquals("1h", get(async.execute(setting)).scalar(String.class));
        assertEquals(1, pool.stats().borrows());
        assertEquals("0", get(async.execute("SHOW statement_timeout")).scalar(String.class));
        assertEquals(7, get(async.execute("SELECT :a::int", Map.of("a", 7))).scalar(Integer.class));
        assertThrows(InterfaceException.class, () -> async.execute("SELECT :a::int", Map.of("b", 7)));
        assertEquals(2, get(async.fetchAll("VALUES (1), (2)")).size());
        assertEquals(List.of(new Tag("x")), get(async.query(Tag.class, "SELECT 'x' AS text")));
        assertEquals(List.of(5), get(async.query(row -> row.getInt(0), "SELECT 5")));
    }

    @Test
    void withoutLanesEachStatementBorrows() {
        open(builder().lanes(0).deadline(Duration.ofSeconds(2)));
        assertEquals(1, get(async.execute("SELECT 1")).scalar(Integer.class));
        failure(QueryCanceledException.class, async.execute("SELECT pg_sleep(60)"));
        assertEquals(2, pool.stats().borrows());
        assertEquals(0, pool.stats().borrowed());
        assertEquals(1, pool.stats().connects());
    }

    @Test
    void aStatementIsCancelledOnTheServer() throws Exception {
        open(builder().lanes(0));
        CompletableFuture<Answer> slow = async.execute("SELECT pg_sleep(600), 'cancelled in a pool'");
        try (Connection watch = Postgres.connect(TestServer.shared().dsn())) {
            String count =
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%cancelled in a"
                            + " pool%'";
            Until.holds(() -> watch.execute(count).fetchOne().getLong(0) == 1);
            assertTrue(slow.cancel(true));
            Until.holds(() -> watch.execute(count).fetchOne().getLong(0) == 0);
        }
        Until.holds(() -> pool.stats().borrowed() == 0);
        assertEquals(1, get(async.execute("SELECT 1")).scalar(Integer.class));
        assertEquals(1, pool.stats().connects());
    }

    /** Takes rows as a test says. */
    private static class Taking implements Flow.Subscriber<Row> {
        final CountDownLatch over = new CountDownLatch(1);
        final CountDownLatch subscribed = new CountDownLatch(1);
        final ConcurrentLinkedQueue<Row> rows = new ConcurrentLinkedQueue<>();
        volatile @Nullable Throwable failure;
        volatile Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            subscribed.countDown();
        }

        @Override
        public void onNext(Row row) {
            rows.add(row);
        }

        @Override
        public void onError(Throwable why) {
            failure = why;
            over.countDown();
        }

        @Override
        public void onComplete() {
            over.countDown();
        }
    }

    @Test
    void aStreamHasAConnectionOfItsOwnUntilItIsOver() throws Exception {
        open(builder());
        Flow.Publisher<Row> publisher = async.stream("SELECT * FROM generate_series(1, $1::int)", 1000);
        Taking all = new Taking();
        publisher.subscribe(all);
        Taking second = new Taking();
        publisher.subscribe(second);
        assertTrue(all.subscribed.await(60, TimeUnit.SECONDS));
        assertEquals(1, second.subscribed.getCount(), "it waits for the connection");
        all.subscription.request(Long.MAX_VALUE);
        assertTrue(all.over.await(60, TimeUnit.SECONDS));
        assertEquals(1000, all.rows.size());
        assertTrue(second.subscribed.await(60, TimeUnit.SECONDS));
        second.subscription.request(3);
        Until.holds(() -> second.rows.size() == 3);
        second.subscription.cancel();
        Until.holds(() -> pool.stats().borrowed() == 0);
        Taking failing = new Taking();
        async.stream("SELECT 1 / g FROM generate_series(0, 1) g").subscribe(failing);
        assertTrue(failing.subscribed.await(60, TimeUnit.SECONDS));
        failing.subscription.request(1);
        assertTrue(failing.over.await(60, TimeUnit.SECONDS));
        assertInstanceOf(DivisionByZeroException.class, failing.failure);
        Until.holds(() -> pool.stats().borrowed() == 0);
        assertEquals(1, pool.stats().connects());
        pool.close();
        Taking refused = new Taking();
        publisher.subscribe(refused);
        assertTrue(refused.over.await(60, TimeUnit.SECONDS));
        assertEquals(0, refused.subscribed.getCount());
        assertInstanceOf(InterfaceException.class, refused.failure);
    }

    /**
     * A state in which a connection is given back.
     *
     * @param roundTrips what the give-back costs; -1 if the connection is closed
     */
    record Dirty(String name, int roundTrips, Function<AsyncConnection, CompletableFuture<?>> action) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Dirty> dirtyStates() {
        return Stream.of(
                new Dirty("nothing was done", 0, conn -> CompletableFuture.completedFuture(1)),
                new Dirty("a statement was run", 0, conn -> conn.execute("SELECT 1")),
                new Dirty("a transaction has ended", 0, conn -> conn.transaction(tx -> tx.execute("SELECT 1"))),
                new Dirty("a BEGIN is due", 0, AsyncConnection::begin),
                new Dirty("a transaction is in progress", 1, conn -> conn.begin()
                        .thenCompose(tx -> tx.execute("INSERT INTO pool_async_reset VALUES (1)"))),
                new Dirty("a transaction was begun by a statement", 1, conn -> conn.execute("BEGIN")),
                new Dirty("a transaction has failed", 1, conn -> conn.begin()
                        .thenCompose(tx -> tx.execute("SELECT 1/0"))
                        .exceptionally(failed -> null)),
                new Dirty("autocommit is off", 0, conn -> conn.autocommit(false)),
                new Dirty("autocommit is off and something was done", 1, conn -> conn.autocommit(false)
                        .thenCompose(off -> conn.execute("INSERT INTO pool_async_reset VALUES (1)"))),
                new Dirty("there are a deadline, a mode and a listener", 0, conn -> {
                    conn.onNotice(notice -> {
                        throw new AssertionError("heard by the next borrower");
                    });
                    conn.deadline(Duration.ofMillis(1));
                    return conn.transactionMode(TransactionMode.DEFAULT.with(Isolation.SERIALIZABLE));
                }),
                new Dirty("a setting was changed", 1, conn -> conn.execute("SET TimeZone = 'Asia/Tokyo'")),
                new Dirty("a setting was changed in a transaction in progress", 2, conn -> conn.begin()
                        .thenCompose(tx -> tx.execute("SET statement_timeout = '1h'"))),
                new Dirty("a channel is listened to", 1, conn -> conn.execute("LISTEN news")),
                new Dirty("there is a temporary table", 1, conn -> conn.execute("CREATE TEMP TABLE mine (id int)")),
                new Dirty("there is a lock", 1, conn -> conn.execute("SELECT pg_advisory_lock(4712)")),
                new Dirty("a result is unread", 0, conn -> {
                    Taking some = new Taking();
                    conn.stream("SELECT g, repeat('x', 1000) FROM generate_series(1, 300) g")
                            .subscribe(some);
                    some.subscription.request(1);
                    return conn.execute("SELECT 1");
                }),
                new Dirty("a type has a codec of its own", -1, conn -> {
                    conn.conversion(Conversion.of(Tag.class, String.class, Tag::new, Tag::text));
                    return CompletableFuture.completedFuture(1);
                }));
    }

    @ParameterizedTest
    @MethodSource("dirtyStates")
    void theNextBorrowerFindsTheConnectionAsGoodAsNew(Dirty dirty) {
        try (Connection setup = Postgres.connect(TestServer.shared().dsn())) {
            setup.execute("CREATE TABLE IF NOT EXISTS pool_async_reset (id int)");
            setup.execute("TRUNCATE pool_async_reset");
        }
        open(builder().sessionReset(SessionReset.CHANGED));
        AsyncConnection borrowed = get(async.connection());
        int process = borrowed.processId();
        String zone = borrowed.parameter("TimeZone");
        get(dirty.action().apply(borrowed));
        int before = roundTrips();
        get(borrowed.close());
        AsyncConnection next = get(async.connection());
        if (dirty.roundTrips() >= 0) {
            assertEquals(dirty.roundTrips(), roundTrips() - before, "round trips of the give-back");
            assertEquals(process, next.processId());
        } else {
            assertNotEquals(process, next.processId());
        }
        assertTrue(next.autocommit());
        assertEquals(TransactionMode.DEFAULT, next.transactionMode());
        assertNull(next.deadline());
        assertFalse(get(next.inTransaction()));
        assertEquals(TransactionStatus.IDLE, next.transactionStatus());
        assertEquals(List.of(), next.notices());
        get(next.execute("DO 'BEGIN RAISE NOTICE ''two''; END'"));
        assertEquals(1, next.notices().size());
        assertEquals(zone, ask(next, "SHOW TimeZone"));
        assertEquals("0", ask(next, "SHOW statement_timeout"));
        assertEquals("read committed", ask(next, "SHOW transaction_isolation"));
        assertNull(ask(next, "SELECT to_regclass('mine')::text"));
        assertEquals(0L, ask(next, "SELECT count(*) FROM pool_async_reset"));
        assertEquals(0L, ask(next, "SELECT count(*) FROM pg_listening_channels()"));
        assertEquals(
                0L, ask(next, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"));
        get(next.close());
    }

    private static Object ask(AsyncConnection conn, String sql) {
        return get(conn.execute(sql)).single().get(0);
    }

    @Test
    void whatIsConfiguredStandsAfterASessionWasChanged() {
        open(builder().configure(conn -> conn.execute("SET statement_timeout = '5min'")));
        AsyncConnection first = get(async.connection());
        assertEquals("5min", ask(first, "SHOW statement_timeout"));
        get(first.execute("SET statement_timeout = 0"));
        get(first.close());
        AsyncConnection second = get(async.connection());
        assertEquals("5min", ask(second, "SHOW statement_timeout"));
        get(second.close());
        assertEquals(1, pool.stats().discarded());
    }

    @Test
    void theServerIsAskedWhetherAConnectionThatWasIdleIsStillGood() {
        open(builder().validateAfter(Duration.ZERO));
        int process = process();
        int before = roundTrips();
        assertEquals(process, process());
        assertEquals(1, roundTrips() - before);
        assertTrue(pool.stats().validations() > 0);
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            other.execute("SELECT pg_terminate_backend($1, 30000)", process);
        }
        assertNotEquals(process, process());
        assertEquals(1, pool.stats().lost());
    }

    @Test
    void aConnectionThatIsLostWhileItIsBorrowedIsReplaced() {
        open(builder());
        AsyncConnection conn = get(async.connection());
        failure(
                PgException.class,
                conn.execute("SELECT pg_terminate_backend(pg_backend_pid())")
                        .thenCompose(done -> conn.execute("SELECT 1")));
        get(conn.close());
        assertEquals(
                1, get(async.withConnection(next -> next.execute("SELECT 1"))).scalar(Integer.class));
        assertEquals(1, pool.stats().lost());
    }

    @Test
    void aBlockMayUseThePoolAgain() {
        open(builder().maxSize(2));
        assertEquals(
                Integer.valueOf(2),
                get(async.withConnection(outer -> async.withConnection(
                        inner -> inner.execute("SELECT 2").thenApply(answer -> answer.scalar(Integer.class))))));
    }

    @Test
    void aConnectionThatIsForgottenIsReportedAndReplaced() throws Exception {
        open(builder().leakDetection(LeakDetection.ALWAYS));
        int process = forget();
        CompletableFuture<AsyncConnection> next = async.connection();
        while (!next.isDone()) {
            System.gc();
            Thread.sleep(50);
        }
        assertNotEquals(process, get(next).processId());
        assertEquals(1, pool.stats().leaks());
        get(get(next).close());
    }

    private int forget() {
        AsyncConnection conn = get(async.connection());
        get(conn.execute("SELECT 'forgotten'"));
        return conn.processId();
    }

    /** A subscriber may hold nothing of a connection but its subscription. */
    @Test
    void aConnectionIsNotForgottenWhileItsRowsAreRead() throws Exception {
        open(builder().leakDetection(LeakDetection.ALWAYS));
        Taking taking = new Taking();
        subscribe(taking);
        taking.subscription.request(1);
        Until.holds(() -> taking.rows.size() == 1);
        for (int i = 0; i < 20; i++) {
            System.gc();
            Thread.sleep(50);
        }
        assertEquals(0, pool.stats().leaks());
        taking.subscription.request(Long.MAX_VALUE);
        assertTrue(taking.over.await(60, TimeUnit.SECONDS));
        assertNull(taking.failure);
        assertEquals(100_000, taking.rows.size());
    }

    private void subscribe(Taking taking) {
        get(async.connection()).stream("SELECT g, repeat('x', 100) FROM generate_series(1, 100000) g")
                .subscribe(taking);
    }

    /** A subscriber that throws gets nothing more, so that the connection is free. */
    @Test
    void aSubscriberThatThrowsGivesItsConnectionBack() throws Exception {
        open(builder());
        List<Flow.Subscriber<Row>> held = new ArrayList<>();
        for (boolean early : List.of(true, false)) {
            Taking throwing = new Taking() {
                @Override
                public void onSubscribe(Flow.Subscription given) {
                    super.onSubscribe(given);
                    given.request(1);
                    if (early) {
                        throw new IllegalStateException("a subscriber of a test");
                    }
                }

                @Override
                public void onNext(Row row) {
                    throw new IllegalStateException("a subscriber of a test");
                }
            };
            held.add(throwing);
            async.stream("SELECT * FROM generate_series(1, 1000)").subscribe(throwing);
            Until.holds(() -> pool.stats().borrowed() == 0 && pool.stats().waiting() == 0);
        }
        assertEquals(
                1, get(async.withConnection(conn -> conn.execute("SELECT 1"))).scalar(Integer.class));
        assertEquals(2, held.size());
    }

    /** What is asked for before the give-back is done, also where the connection is not used again. */
    @Test
    void nothingIsLostOfAConnectionThatIsClosedInsteadOfLent() {
        open(builder().onReset(conn -> {}));
        get(async.execute("DROP TABLE IF EXISTS pool_async_last; CREATE TABLE pool_async_last (id int)"));
        AsyncConnection conn = get(async.connection());
        CompletableFuture<Answer> last = conn.execute("INSERT INTO pool_async_last SELECT 1 FROM pg_sleep(0.3)");
        get(conn.close());
        assertEquals(1, get(last).rowCount());
        get(async.execute("DROP TABLE pool_async_last"));
    }

    @Test
    void aConversionOfConfigureHoldsOnConnectionsOfEachKind() {
        open(builder()
                .maxSize(4)
                .lanes(1)
                .configure(conn -> conn.conversion(Conversion.of(Tag.class, String.class, Tag::new, Tag::text))));
        String sql = "SELECT $1::text";
        String blocking = pool.withConnectionReturning(
                conn -> conn.execute(sql, new Tag("a")).fetchOne().getString(0));
        assertEquals("a", blocking);
        assertEquals("b", pool.execute(sql, new Tag("b")).scalar(String.class));
        assertEquals(
                "c",
                get(async.withConnection(conn -> conn.execute(sql, new Tag("c"))))
                        .scalar(String.class));
    }

    @Test
    void aBlockWhoseFutureIsOverBeforeItBeginsDoesNotRun() throws Exception {
        open(builder());
        AsyncConnection held = get(async.connection());
        AtomicBoolean ran = new AtomicBoolean();
        CompletableFuture<Integer> given = async.withConnection(conn -> {
            ran.set(true);
            return CompletableFuture.completedFuture(1);
        });
        given.complete(7);
        get(held.close());
        Until.holds(() -> pool.stats().borrowed() == 0 && pool.stats().waiting() == 0);
        assertEquals(Integer.valueOf(7), get(given));
        assertFalse(ran.get());
    }

    /** A thread that asks and one that gives back: nothing of the first comes to the next borrower. */
    @Test
    void whatIsAskedForWhileAConnectionIsGivenBackNeverReachesTheNextBorrower() throws Exception {
        open(builder());
        get(async.execute("DROP TABLE IF EXISTS pool_async_late; CREATE TABLE pool_async_late (id int)"));
        for (int i = 0; i < 300; i++) {
            AsyncConnection conn = get(async.connection());
            CountDownLatch go = new CountDownLatch(1);
            Thread asking = new Thread(() -> {
                go.countDown();
                for (int j = 0; j < 5; j++) {
                    conn.execute(
                                    "INSERT INTO pool_async_late SELECT 1 WHERE pg_current_xact_id_if_assigned() IS NOT NULL")
                            .exceptionally(refused -> null);
                }
            });
            asking.start();
            go.await();
            conn.close();
            AsyncConnection next = get(async.connection());
            AsyncTransaction tx = get(next.begin());
            get(tx.execute("SELECT pg_current_xact_id()"));
            asking.join();
            get(tx.commit());
            get(next.close());
        }
        assertEquals(
                0L, get(async.execute("SELECT count(*) FROM pool_async_late")).scalar(Long.class));
        get(async.execute("DROP TABLE pool_async_late"));
    }

    @Test
    void aPoolIsNotDrainedByAThreadThatMustNotBlock() {
        open(builder());
        failure(IllegalStateException.class, async.withConnection(conn -> conn.execute("SELECT pg_sleep(0.1)")
                .thenApply(done -> pool.drain(Duration.ofSeconds(1)))));
    }
}
