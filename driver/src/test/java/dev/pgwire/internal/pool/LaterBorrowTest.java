package dev.pgwire.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.pool.NoConnectionException;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.testing.Seed;
import dev.pgwire.testing.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Borrowers without a thread, alone and among those that have one. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaterBorrowTest {
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

    private static PoolConfig.Builder config(int maxSize) {
        return PoolConfig.builder("dbname=test").maxSize(maxSize).acquireTimeout(Duration.ofSeconds(60));
    }

    private void stock(PoolConfig.Builder config) {
        stock = Stock.of(config.build(), server);
    }

    private CompletableFuture<Loan<FakeConnection>> later() {
        return stock.borrowLater(threads, true, null);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private void giveBack(Loan<FakeConnection> loan) {
        assertTrue(loan.end());
        stock.giveBack(loan);
    }

    @Test
    void theyAreServedInTheOrderInWhichTheyAsk() {
        stock(config(1));
        Loan<FakeConnection> first = get(later());
        assertSame(Face.ASYNCHRONOUS, first.held().face);
        List<CompletableFuture<Loan<FakeConnection>>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(later());
        }
        assertEquals(5, stock.stats().waiting());
        giveBack(first);
        for (int i = 0; i < 5; i++) {
            Loan<FakeConnection> next = get(waiting.get(i));
            assertSame(first.held(), next.held());
            assertEquals(4 - i, stock.stats().waiting());
            giveBack(next);
        }
        assertEquals(1, stock.stats().connects());
    }

    @Test
    void oneThatIsIdleIsLentAtOnce() {
        stock(config(1));
        giveBack(get(later()));
        CompletableFuture<Loan<FakeConnection>> second = later();
        assertTrue(second.isDone());
        giveBack(get(second));
    }

    @Test
    void anIdleConnectionOfTheOtherFaceMakesRoom() {
        stock(config(1));
        Loan<FakeConnection> blocking = stock.borrow();
        giveBack(blocking);
        Loan<FakeConnection> async = get(later());
        assertTrue(blocking.held().closed);
        assertSame(Face.ASYNCHRONOUS, async.held().face);
        giveBack(async);
        Loan<FakeConnection> again = stock.borrow();
        assertTrue(async.held().closed);
        assertSame(Face.BLOCKING, again.held().face);
        giveBack(again);
        assertEquals(1, stock.stats().size());
        assertEquals(2, stock.stats().retired());
    }

    @Test
    void aConnectionThatComesBackMakesRoomForTheBorrowerThatCameFirst() throws Exception {
        stock(config(1));
        Loan<FakeConnection> blocking = stock.borrow();
        CompletableFuture<Loan<FakeConnection>> first = later();
        Future<Loan<FakeConnection>> second = threads.submit(() -> stock.borrow());
        Until.holds(() -> stock.stats().waiting() == 2);
        giveBack(blocking);
        Loan<FakeConnection> async = get(first);
        assertFalse(second.isDone());
        assertTrue(blocking.held().closed);
        giveBack(async);
        Loan<FakeConnection> last = get(second);
        assertSame(Face.BLOCKING, last.held().face);
        giveBack(last);
    }

    @Test
    void whereThereIsRoomEachFaceKeepsItsOwn() {
        stock(config(2));
        for (int i = 0; i < 10; i++) {
            giveBack(stock.borrow());
            giveBack(get(later()));
        }
        assertEquals(2, stock.stats().connects());
    }

    /** Nothing good is closed while the server takes no new connections. */
    @Test
    void inAnOutageNoConnectionMakesRoom() throws Exception {
        stock(config(2));
        Loan<FakeConnection> good = stock.borrow();
        server.isDown();
        CompletableFuture<Loan<FakeConnection>> waiting = later();
        Until.holds(() -> stock.stats().connectFailures() > 0);
        giveBack(good);
        assertFalse(good.held().closed);
        assertSame(good.held(), stock.borrow().held());
        assertFalse(waiting.isDone());
    }

    @Test
    void oneThatIsCancelledWaitsNoLonger() {
        stock(config(1));
        Loan<FakeConnection> held = get(later());
        CompletableFuture<Loan<FakeConnection>> cancelled = later();
        CompletableFuture<Loan<FakeConnection>> next = later();
        assertTrue(cancelled.cancel(true));
        assertEquals(1, stock.stats().waiting());
        giveBack(held);
        giveBack(get(next));
        assertEquals(0, stock.stats().borrowed());
    }

    @Test
    void oneThatWaitsForTooLongIsToldWhoHasThem() throws InterruptedException {
        stock(config(1).minSize(1).acquireTimeout(Duration.ofMillis(100)));
        Until.holds(() -> stock.stats().idle() == 1);
        Loan<FakeConnection> held = get(later());
        held.runs("SELECT 1");
        ExecutionException failed = assertThrows(ExecutionException.class, () -> later().get(60, TimeUnit.SECONDS));
        assertTrue(failed.getCause() instanceof NoConnectionException, failed.toString());
        assertTrue(failed.getCause().getMessage().contains("SELECT 1"), failed.toString());
        assertEquals(0, stock.stats().waiting());
        giveBack(held);
    }

    @Test
    void aConnectionOfNoUseIsReplacedWithoutAWord() {
        stock(config(1).validateAfter(Duration.ZERO));
        Loan<FakeConnection> loan = get(later());
        FakeConnection first = loan.held();
        giveBack(loan);
        first.dead = true;
        Loan<FakeConnection> second = get(later());
        assertNotSame(first, second.held());
        assertTrue(first.closed);
        assertEquals(1, stock.stats().lost());
        giveBack(second);
    }

    @Test
    void bothFacesAreServedInAStorm() {
        Seed seed = Seed.take();
        stock(config(3));
        AtomicInteger out = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Random random = seed.random(i);
            boolean blocks = i % 2 == 0;
            all.add(threads.submit(() -> {
                for (int j = 0; j < 300; j++) {
                    Loan<FakeConnection> loan;
                    if (blocks) {
                        loan = stock.borrow();
                    } else {
                        CompletableFuture<Loan<FakeConnection>> later = later();
                        if (random.nextInt(10) == 0 && later.cancel(true)) {
                            continue;
                        }
                        loan = get(later);
                    }
                    most.accumulateAndGet(out.incrementAndGet(), Math::max);
                    assertSame(blocks ? Face.BLOCKING : Face.ASYNCHRONOUS, loan.held().face);
                    out.decrementAndGet();
                    if (random.nextInt(50) == 0) {
                        loan.held().closed = true;
                        loan.end();
                        stock.discard(loan);
                    } else {
                        giveBack(loan);
                    }
                }
            }));
        }
        all.forEach(LaterBorrowTest::get);
        assertTrue(most.get() <= 3, "lent at once: " + most);
        assertEquals(0, stock.stats().waiting());
        assertEquals(0, stock.stats().borrowed());
        assertTrue(stock.stats().size() <= 3);
    }
}
