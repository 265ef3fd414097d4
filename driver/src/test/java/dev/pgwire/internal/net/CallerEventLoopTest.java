package dev.pgwire.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.config.SocketTransport;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.RecordedEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CallerEventLoopTest {
    private final CallerEventLoop loop = new CallerEventLoop(SocketTransport.NIO);

    /** What is logged there is meant, and only in the way here. */
    private static final Logger LOG = Logger.getLogger("io.netty.util.concurrent");

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    @AfterEach
    void destroy() {
        Thread.interrupted();
        if (!loop.isTerminated()) {
            loop.enter();
            loop.destroy();
            loop.exit();
        }
    }

    @Test
    void aBlockingCallInsideACallbackThrowsAtOnce() {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        loop.enter();
        loop.execute(() -> refused.set(assertThrows(Throwable.class, loop::enter)));
        assertEquals(Wait.READY, loop.driveUntil(() -> refused.get() != null));
        loop.exit();
        assertInstanceOf(IllegalStateException.class, refused.get());
        assertTrue(
                refused.get().getMessage().contains("callback"), refused.get().getMessage());
        assertTrue(loop.tryEnter());
        loop.exit();
    }

    @Test
    void whoHasItCannotEnterAgainNorTryTo() {
        loop.enter();
        assertThrows(IllegalStateException.class, loop::enter);
        assertThrows(IllegalStateException.class, loop::tryEnter);
        loop.exit();
        assertThrows(IllegalMonitorStateException.class, loop::exit);
    }

    @Test
    void twoThreadsQueue() throws Exception {
        loop.enter();
        AtomicBoolean entered = new AtomicBoolean();
        AtomicReference<Thread> second = new AtomicReference<>();
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> {
            assertFalse(loop.tryEnter());
            second.set(Thread.currentThread());
            loop.enter();
            entered.set(true);
            boolean inside = loop.inEventLoop();
            loop.exit();
            return inside;
        });
        while (second.get() == null || second.get().getState() != Thread.State.WAITING) {
            assertFalse(other.isDone());
            Thread.sleep(1);
        }
        assertFalse(entered.get());
        assertTrue(loop.inEventLoop());
        loop.exit();
        assertTrue(other.get(10, TimeUnit.SECONDS));
        assertFalse(loop.inEventLoop());
    }

    @Test
    void aTaskOfAnotherThreadWakesWhoWaits() {
        AtomicBoolean done = new AtomicBoolean();
        loop.enter();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            pause();
            loop.execute(() -> done.set(true));
        });
        assertEquals(Wait.READY, loop.driveUntil(done::get));
        loop.exit();
        other.join();
    }

    @Test
    void anInterruptEndsTheWaitAndLosesNothing() {
        List<Integer> ran = new ArrayList<>();
        Thread waiting = Thread.currentThread();
        loop.enter();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            pause();
            waiting.interrupt();
        });
        assertEquals(Wait.INTERRUPTED, loop.driveUntil(() -> false));
        assertFalse(Thread.currentThread().isInterrupted());
        other.join();
        loop.execute(() -> ran.add(1));
        waiting.interrupt();
        assertEquals(Wait.INTERRUPTED, loop.driveUntil(() -> !ran.isEmpty()));
        assertEquals(Wait.READY, loop.driveUntil(() -> !ran.isEmpty()));
        loop.exit();
        assertEquals(List.of(1), ran);
    }

    @Test
    void aGoalThatIsReachedCountsMoreThanAnInterrupt() {
        loop.enter();
        Thread.currentThread().interrupt();
        assertEquals(Wait.READY, loop.driveUntil(() -> true));
        assertTrue(Thread.interrupted());
        loop.exit();
    }

    @Test
    void aDeadlineEndsTheWait() {
        loop.enter();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        assertEquals(Wait.TIMED_OUT, loop.driveUntil(() -> false, deadline));
        assertTrue(System.nanoTime() - deadline >= 0);
        assertEquals(Wait.TIMED_OUT, loop.driveUntil(() -> false, deadline));
        assertEquals(Wait.READY, loop.driveUntil(() -> true, deadline));
        loop.exit();
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheOthers() {
        AtomicBoolean done = new AtomicBoolean();
        loop.enter();
        loop.execute(() -> {
            throw new IllegalArgumentException("on purpose");
        });
        loop.execute(() -> done.set(true));
        assertEquals(Wait.READY, loop.driveUntil(done::get));
        loop.exit();
    }

    /** The counters are plain: only the turns of the loop keep them right. */
    @Test
    void manyThreadsDriveInTurnAndSeeWhatTheOneBeforeDid() throws Exception {
        int threads = 4;
        int turns = 200;
        int[] counted = new int[1];
        int[] tasks = new int[1];
        List<CompletableFuture<Void>> drivers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            drivers.add(CompletableFuture.runAsync(() -> {
                for (int turn = 0; turn < turns; turn++) {
                    loop.enter();
                    int before = tasks[0];
                    counted[0]++;
                    loop.execute(() -> tasks[0]++);
                    assertEquals(Wait.READY, loop.driveUntil(() -> tasks[0] == before + 1));
                    loop.exit();
                }
            }));
        }
        for (CompletableFuture<Void> driver : drivers) {
            driver.get(15, TimeUnit.SECONDS);
        }
        assertEquals(threads * turns, counted[0]);
        assertEquals(threads * turns, tasks[0]);
    }

    @Test
    void afterDestroyNothingIsTaken() {
        loop.enter();
        loop.destroy();
        loop.destroy();
        loop.exit();
        assertTrue(loop.isTerminated() && loop.isShutdown() && loop.isShuttingDown());
        assertThrows(RejectedExecutionException.class, () -> loop.execute(() -> {}));
    }

    @Test
    void nobodyButItsConnectionEndsIt() {
        assertThrows(UnsupportedOperationException.class, loop::shutdownGracefully);
    }

    @Test
    void aWaitOnASocketThatIsClosedSleepsThoughItIsToLookAwake() throws Exception {
        Conversation conversation = new Conversation(new RecordedEvents());
        ReceiveBuffer received = new ReceiveBuffer(loop.gathering());
        loop.enter();
        Socket socket = Socket.open(
                loop, received, new FrameDecoder(conversation, null), Config.parse("host=127.0.0.1"), false);
        loop.readsDirectly(socket);
        loop.lookAwake(Duration.ofMillis(1));
        assertEquals(Wait.READY, loop.driveUntil(new Done(socket.close())));
        assertFalse(socket.receive());
        assertEquals(Wait.TIMED_OUT, loop.driveUntil(() -> false, System.nanoTime() + 5_000_000));
        loop.exit();
        received.release();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
