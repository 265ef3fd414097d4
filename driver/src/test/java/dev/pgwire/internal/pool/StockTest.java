package dev.pgwire.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.InvalidPasswordException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.ServerErrors;
import dev.pgwire.pool.NoConnectionException;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.testing.Seed;
import dev.pgwire.testing.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets which connection when, with connections that are plain objects. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StockTest {
    private final FakeServer server = new FakeServer();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Stock<FakeConnection> stock;

    @AfterEach
    void close() {
        if (stock != null) {
            stock.close();
        }
        threads.shutdownNow();
    }

    private static PoolConfig.Builder config() {
        return PoolConfig.builder("dbname=test").maxSize(2).acquireTimeout(Duration.ofSeconds(20));
    }

    private Stock<FakeConnection> stock(PoolConfig.Builder config) {
        stock = Stock.of(config.build(), server);
        return stock;
    }

    private void giveBack(Loan<FakeConnection> loan) {
        assertTrue(loan.end());
        stock.giveBack(loan);
    }

    @Test
    void aConnectionIsMadeWhenItIsWantedAndUsedAgain() {
        stock(config());
        Loan<FakeConnection> first = stock.borrow();
        giveBack(first);
        Loan<FakeConnection> second = stock.borrow();
        assertSame(first.held(), second.held());
        assertFalse(first.end(), "it is over");
        giveBack(second);
        PoolStats stats = stock.stats();
        assertEquals(
                List.of(1L, 2L, 1, 1, 0),
                List.of(stats.connects(), stats.borrows(), stats.size(), stats.idle(), stats.borrowed()));
    }

    @Test
    void thereAreNeverMoreThanMaxSize() throws Exception {
        Seed seed = Seed.take();
        stock(config().maxSize(3));
        AtomicInteger lent = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Random random = seed.random(i);
            all.add(threads.submit(() -> {
                for (int j = 0; j < 200; j++) {
                    Loan<FakeConnection> loan = stock.borrow();
                    most.accumulateAndGet(lent.incrementAndGet(), Math::max);
                    lent.decrementAndGet();
                    if (random.nextInt(100) == 0) {
                        loan.held().closed = true;
                        loan.end();
                        stock.discard(loan);
                    } else {
                        giveBack(loan);
                    }
                }
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        assertTrue(most.get() <= 3, "lent at once: " + most);
        PoolStats stats = stock.stats();
        assertEquals(10_000, stats.borrows());
        assertEquals(0, stats.borrowed());
        assertEquals(0, stats.waiting());
        assertTrue(stats.size() <= 3);
    }

    @Test
    void borrowersAreServedInTheOrderInWhichTheyCame() throws Exception {
        stock(config().maxSize(1));
        Loan<FakeConnection> held = stock.borrow();
        ConcurrentLinkedQueue<Integer> served = new ConcurrentLinkedQueue<>();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            all.add(threads.submit(() -> {
                Loan<FakeConnection> loan = stock.borrow();
                served.add(number);
                giveBack(loan);
            }));
            Until.holds(() -> stock.stats().waiting() == number + 1);
        }
        giveBack(held);
        for (Future<?> each : all) {
            each.get();
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            order.add(i);
        }
        assertEquals(order, List.copyOf(served));
    }

    @Test
    void aConnectionThatComesBackIsNotTakenByTheOneWhoGaveItWhileAnotherWaits() throws Exception {
        stock(config().maxSize(1).patience(Duration.ZERO));
        Loan<FakeConnection> held = stock.borrow();
        CountDownLatch got = new CountDownLatch(1);
        Future<?> other = threads.submit(() -> {
            Loan<FakeConnection> loan = stock.borrow();
            got.countDown();
            giveBack(loan);
        });
        Until.holds(() -> stock.stats().waiting() == 1);
        giveBack(held);
        Loan<FakeConnection> again = stock.borrow();
        assertEquals(0, got.getCount());
        giveBack(again);
        other.get();
    }

    @Test
    void aBorrowerThatIsQuickMayOvertakeOneThatHasNotWaitedForLong() throws Exception {
        stock(config().maxSize(1).patience(Duration.ofSeconds(1)));
        Loan<FakeConnection> held = stock.borrow();
        Future<?> other = threads.submit(() -> giveBack(stock.borrow()));
        Until.holds(() -> stock.stats().waiting() == 1);
        sleep(1_100);
        long before = stock.stats().borrows();
        giveBack(held);
        giveBack(stock.borrow());
        other.get();
        assertEquals(before + 2, stock.stats().borrows());
        assertEquals(0, stock.stats().waiting());
    }

    @Test
    void noCallIsLostWhereOneThatWasCalledGoes() throws Exception {
        Seed seed = Seed.take();
        stock(config().maxSize(2).patience(Duration.ofSeconds(10)).acquireTimeout(Duration.ofMillis(50)));
        AtomicInteger served = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Random random = seed.random(i);
            all.add(threads.submit(() -> {
                for (int j = 0; j < 300; j++) {
                    try {
                        Loan<FakeConnection> loan = stock.borrow();
                        if (random.nextInt(20) == 0) {
                            sleep(5);
                        }
                        served.incrementAndGet();
                        giveBack(loan);
                    } catch (NoConnectionException late) {
                        // The next one may have more luck.
                    }
                }
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        PoolStats stats = stock.stats();
        assertEquals(served.get(), stats.borrows());
        assertEquals(9_000, stats.borrows() + stats.timeouts());
        assertEquals(List.of(0, 0, 2), List.of(stats.waiting(), stats.borrowed(), stats.idle()));
    }

    @Test
    void whoWaitsTooLongIsToldWhoHasTheConnections() throws InterruptedException {
        stock(config().minSize(1).maxSize(1).name("small").acquireTimeout(Duration.ofMillis(300)));
        Until.holds(() -> stock.stats().idle() == 1);
        Loan<FakeConnection> held = stock.borrow();
        held.runs("SELECT   pg_sleep(60)");
        held.runs("SELECT 2");
        long before = System.nanoTime();
        NoConnectionException failure = assertThrows(NoConnectionException.class, stock::borrow);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        assertTrue(took >= 300, took + " ms");
        String message = failure.getMessage();
        String me = Thread.currentThread().getName();
        assertTrue(
                message.startsWith("no connection of pool small came free within 0.3 s: it has 1 of 1 connections"),
                message);
        String holder = Pattern.quote(me) + " has one for \\d+\\.\\d s " + Pattern.quote("(SELECT pg_sleep(60))");
        assertTrue(Pattern.compile(holder).matcher(message).find(), message);
        assertEquals(1, failure.holders().size());
        assertEquals("SELECT pg_sleep(60)", failure.holders().get(0).sql());
        assertEquals(me, failure.holders().get(0).thread());
        assertEquals("08001", failure.sqlState());
        assertEquals(1, stock.stats().timeouts());
        assertEquals(0, stock.stats().waiting());
        giveBack(held);
        giveBack(stock.borrow());
    }

    @Test
    void tooManyBorrowersAreRefusedAtOnce() throws Exception {
        stock(config().maxSize(1).maxWaiters(1));
        Loan<FakeConnection> held = stock.borrow();
        Future<?> waits = threads.submit(() -> giveBack(stock.borrow()));
        Until.holds(() -> stock.stats().waiting() == 1);
        String message =
                assertThrows(NoConnectionException.class, stock::borrow).getMessage();
        assertTrue(message.contains("too many borrowers wait"), message);
        giveBack(held);
        waits.get();
        assertEquals(1, stock.stats().refusals());
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        stock(config().maxSize(1));
        Loan<FakeConnection> held = stock.borrow();
        CountDownLatch flagged = new CountDownLatch(1);
        Thread[] waiting = new Thread[1];
        Future<?> waits = threads.submit(() -> {
            waiting[0] = Thread.currentThread();
            try {
                stock.borrow();
            } finally {
                if (Thread.interrupted()) {
                    flagged.countDown();
                }
            }
        });
        Until.holds(() -> stock.stats().waiting() == 1);
        waiting[0].interrupt();
        ExecutionException failed = assertThrows(ExecutionException.class, waits::get);
        QueryCanceledException why = (QueryCanceledException) failed.getCause();
        assertEquals(QueryCanceledException.Reason.INTERRUPT, why.reason());
        assertEquals(0, flagged.getCount());
        giveBack(held);
        giveBack(stock.borrow());
    }

    @Test
    void aLostConnectionIsNotLentAndReplaced() {
        stock(config());
        Loan<FakeConnection> first = stock.borrow();
        giveBack(first);
        sleep(5);
        first.held().closed = true;
        Loan<FakeConnection> second = stock.borrow();
        assertNotSame(first.held(), second.held());
        assertEquals(1, stock.stats().lost());
        giveBack(second);
    }

    @Test
    void theServerIsAskedOnlyAboutAConnectionThatWasIdleForLong() {
        stock(config().validateAfter(Duration.ofMillis(200)));
        Loan<FakeConnection> loan = stock.borrow();
        giveBack(loan);
        giveBack(stock.borrow());
        assertEquals(0, loan.held().checks);
        sleep(250);
        giveBack(stock.borrow());
        assertEquals(1, loan.held().checks);
        assertEquals(1, stock.stats().validations());
        sleep(250);
        loan.held().dead = true;
        Loan<FakeConnection> other = stock.borrow();
        assertNotSame(loan.held(), other.held());
        assertTrue(loan.held().closed);
        giveBack(other);
    }

    @Test
    void ofSeveralThatAreIdleTheLastUsedIsLentFirst() {
        stock(config());
        Loan<FakeConnection> one = stock.borrow();
        Loan<FakeConnection> two = stock.borrow();
        giveBack(two);
        giveBack(one);
        Loan<FakeConnection> again = stock.borrow();
        assertSame(one.held(), again.held());
        giveBack(again);
    }

    @Test
    void minSizeIsKeptAndWhatIsIdleBeyondItIsClosed() throws Exception {
        stock(config().minSize(1).maxSize(3).idleTimeout(Duration.ofMillis(300)));
        Until.holds(() -> stock.stats().idle() == 1);
        List<Loan<FakeConnection>> loans = List.of(stock.borrow(), stock.borrow(), stock.borrow());
        assertEquals(3, stock.stats().size());
        loans.forEach(this::giveBack);
        Until.holds(() -> stock.stats().size() == 1);
        assertEquals(2, stock.stats().retired());
        server.made.forEach(each -> each.closed = true);
        Until.holds(() -> server.made.size() == 4 && stock.stats().idle() == 1);
    }

    @Test
    void aConnectionThatIsTooOldIsClosedAndReplaced() throws Exception {
        stock(config().minSize(1).maxLifetime(Duration.ofMillis(500)));
        Loan<FakeConnection> loan = stock.borrow();
        sleep(550);
        assertFalse(loan.held().closed, "not while it is borrowed");
        giveBack(loan);
        assertTrue(loan.held().closed);
        Until.holds(() -> server.made.size() >= 3 && server.made.get(1).closed);
    }

    @Test
    void aConnectionMaySayThatItLivesForAShorterTime() throws Exception {
        server.lifetime = Duration.ofMillis(300);
        stock(config().minSize(1));
        Until.holds(() -> server.made.size() >= 2 && server.made.get(0).closed);
        assertEquals(0, stock.stats().lost());
    }

    @Test
    void aConnectionThatIsDueIsAskedAlthoughItWasInUse() {
        stock(config());
        Loan<FakeConnection> loan = stock.borrow();
        FakeConnection first = loan.held();
        giveBack(loan);
        first.due = true;
        giveBack(stock.borrow());
        assertEquals(1, first.checks);
        first.dead = true;
        Loan<FakeConnection> other = stock.borrow();
        assertNotSame(first, other.held());
        assertEquals(1, stock.stats().lost());
        giveBack(other);
    }

    @Test
    void anOutageIsNoStormAndAllAreServedWhenItIsOver() throws Exception {
        stock(config().maxSize(8).minSize(8));
        Until.holds(() -> stock.stats().idle() == 8);
        server.isDown();
        server.made.forEach(each -> each.closed = true);
        server.asked.clear();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(threads.submit(() -> giveBack(stock.borrow())));
        }
        sleep(4_000);
        server.failure = null;
        long up = System.nanoTime();
        for (Future<?> each : all) {
            each.get(10, TimeUnit.SECONDS);
        }
        assertTrue(System.nanoTime() - up < 1_500_000_000L, "served at once");
        List<Long> during = server.asked.stream().filter(time -> time < up).toList();
        assertTrue(during.size() >= 4 && during.size() <= 8, during.size() + " attempts in four seconds");
        for (int i = 2; i < during.size(); i++) {
            assertTrue(during.get(i) - during.get(i - 2) > 1_000_000_000L, "three in a second");
        }
        Until.holds(() -> stock.stats().size() == 8);
    }

    @Test
    void whoWaitsInAnOutageIsToldWhyThereAreNoConnections() {
        server.isDown();
        stock(config().acquireTimeout(Duration.ofSeconds(1)));
        NoConnectionException failure = assertThrows(NoConnectionException.class, stock::borrow);
        assertTrue(
                failure.getMessage().endsWith("the last connection could not be made: nothing listens there"),
                failure.getMessage());
        assertSame(server.failure, failure.getCause());
    }

    @Test
    void aServerThatRefusesTheUserFailsBorrowersAtOnce() {
        server.failure = ServerErrors.of(
                Diagnostic.builder()
                        .field('S', "FATAL")
                        .field('C', "28P01")
                        .field('M', "password authentication failed")
                        .build(),
                null);
        stock(config());
        long before = System.nanoTime();
        PgException failure = assertThrows(PgException.class, stock::borrow);
        assertTrue(System.nanoTime() - before < 5_000_000_000L);
        assertTrue(failure.getCause() instanceof InvalidPasswordException, String.valueOf(failure.getCause()));
    }

    @Test
    void notMoreThanFourAreMadeAtOnce() throws Exception {
        server.takesMillis = 50;
        stock(config().maxSize(20).minSize(20));
        Until.holds(() -> stock.stats().idle() == 20);
        assertEquals(4, server.mostAtOnce.get());
    }

    @Test
    void aClosedPoolClosesWhatIsIdleAtOnceAndTheRestWhenItComesBack() throws Exception {
        stock(config());
        Loan<FakeConnection> lent = stock.borrow();
        Loan<FakeConnection> idle = stock.borrow();
        giveBack(idle);
        stock.close();
        assertTrue(idle.held().closed);
        assertFalse(lent.held().closed);
        assertThrows(InterfaceException.class, stock::borrow);
        giveBack(lent);
        assertTrue(lent.held().closed);
        assertEquals(0, stock.stats().size());
    }

    @Test
    void whoWaitsWhenThePoolIsClosedIsTold() throws Exception {
        stock(config().maxSize(1));
        Loan<FakeConnection> lent = stock.borrow();
        Future<?> waits = threads.submit(() -> stock.borrow());
        Until.holds(() -> stock.stats().waiting() == 1);
        stock.close();
        ExecutionException failed = assertThrows(ExecutionException.class, waits::get);
        assertTrue(failed.getCause() instanceof InterfaceException, String.valueOf(failed.getCause()));
        giveBack(lent);
    }

    @Test
    void drainWaitsForWhatIsBorrowedAndClosesWhatDoesNotCome() throws Exception {
        stock(config());
        Loan<FakeConnection> lent = stock.borrow();
        Future<Boolean> drained = threads.submit(() -> stock.drain(Duration.ofSeconds(20)));
        Until.holds(() -> stock.isClosed());
        assertFalse(drained.isDone());
        giveBack(lent);
        assertTrue(drained.get());

        stock(config());
        assertTrue(stock.drain(Duration.ofSeconds(Long.MAX_VALUE)), "none is lent");

        stock(config());
        Loan<FakeConnection> kept = stock.borrow();
        assertFalse(stock.drain(Duration.ofMillis(100)));
        assertTrue(kept.held().closed);
        assertTrue(kept.end());
        stock.discard(kept);
        assertEquals(0, stock.stats().size());
    }

    @Test
    void aConnectionThatTheProgramHasForgottenIsTakenBack() throws Exception {
        stock(config().maxSize(1));
        Loan<FakeConnection> loan = stock.borrow();
        loan.held().inUse = true;
        loan.heldBy(new Object());
        System.gc();
        Until.holds(loan::isForgotten);
        sleep(1_200);
        assertFalse(loan.isOver(), "a call is still at work with it");
        loan.held().inUse = false;
        Loan<FakeConnection> next = stock.borrow();
        assertTrue(loan.isOver());
        assertTrue(loan.held().closed);
        assertEquals(1, stock.stats().leaks());
        giveBack(next);
    }

    @Test
    void theThreadsOfAPoolEndWithIt() throws Exception {
        stock(config().minSize(2));
        Until.holds(() -> stock.stats().idle() == 2);
        assertTrue(threadNames().contains("pgwire-pool-keeper"));
        stock.close();
        Until.holds(() -> threadNames().stream().noneMatch(name -> name.startsWith("pgwire-pool")));
    }

    private static List<String> threadNames() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
