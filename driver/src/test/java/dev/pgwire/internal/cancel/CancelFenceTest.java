package dev.pgwire.internal.cancel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancelFenceTest {
    private static final CancelDemand WANTED = new CancelDemand() {
        @Override
        public boolean wantsRequest() {
            return true;
        }

        @Override
        public boolean awaitsEnd() {
            return true;
        }
    };

    private final Semaphore lowered = new Semaphore(0);

    private CancelFence fence(CancelRequest request) {
        return new CancelFence(request, lowered::release);
    }

    @Test
    void aRequestIsMadeOnlyWhileSomethingRuns() {
        AtomicInteger requests = new AtomicInteger();
        CancelFence fence = fence(watch -> requests.incrementAndGet());
        fence.cancel(WANTED);
        assertEquals(0, requests.get());
        pass(fence);
        fence.cancel(WANTED);
        fence.cancel(WANTED);
        assertEquals(2, requests.get());
        fence.ready(true);
        fence.cancel(WANTED);
        assertEquals(2, requests.get());
    }

    @Test
    void moreOfTheSameSegmentPasses() {
        AtomicBoolean passed = new AtomicBoolean();
        CancelFence[] fence = new CancelFence[1];
        fence[0] = fence(watch -> {
            pass(fence[0]);
            passed.set(true);
        });
        pass(fence[0]);
        fence[0].cancel(WANTED);
        assertTrue(passed.get());
    }

    @Test
    void whatComesNextWaitsForAllRequests() throws Exception {
        CountDownLatch under = new CountDownLatch(2);
        CountDownLatch taken = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        CancelFence fence = fence(watch -> {
            under.countDown();
            await(taken);
            ended.incrementAndGet();
        });
        pass(fence);
        Thread first = start(() -> fence.cancel(WANTED));
        Thread second = start(() -> fence.cancel(WANTED));
        under.await();
        fence.ready(true);
        AtomicInteger endedBefore = new AtomicInteger();
        Thread next = start(() -> {
            pass(fence);
            endedBefore.set(ended.get());
        });
        while (next.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        taken.countDown();
        next.join();
        first.join();
        second.join();
        assertEquals(2, endedBefore.get());
    }

    @Test
    void aRequestThatFailsLowersTheFence() {
        CancelFence fence = fence(watch -> {
            throw new IllegalStateException("not today");
        });
        pass(fence);
        assertThrows(IllegalStateException.class, () -> fence.cancel(WANTED));
        fence.ready(true);
        pass(fence);
    }

    @Test
    void whoWaitsWhenTheConnectionIsClosedDoesNotSend() throws Exception {
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        CancelFence fence = fence(watch -> {
            under.countDown();
            await(taken);
        });
        pass(fence);
        Thread cancelling = start(() -> fence.cancel(WANTED));
        under.await();
        fence.ready(true);
        FutureTask<Object> next = new FutureTask<>(() -> pass(fence), null);
        start(next);
        fence.shut();
        ExecutionException shut = assertThrows(ExecutionException.class, next::get);
        assertInstanceOf(ConnectionFailureException.class, shut.getCause());
        assertTrue(fence.isShutForGood());
        taken.countDown();
        cancelling.join();
    }

    @Test
    void theFenceIsRaisedWhileARequestIsUnderWayAndTellsWhenItIsLowered() throws Exception {
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        CancelFence fence = fence(watch -> {
            under.countDown();
            await(taken);
        });
        pass(fence);
        Thread cancelling = start(() -> fence.cancel(WANTED));
        under.await();
        assertTrue(fence.isRunning());
        fence.ready(true);
        assertTrue(fence.isRaised());
        assertFalse(fence.tryPass());
        assertEquals(0, lowered.availablePermits());
        taken.countDown();
        cancelling.join();
        assertEquals(1, lowered.availablePermits());
        assertFalse(fence.isRaised());
        assertTrue(fence.tryPass());
    }

    @Test
    void whatRunsIsKnownToBeCancelledUntilItEnds() {
        CancelFence fence = fence(watch -> {});
        pass(fence);
        assertFalse(fence.isCancelled());
        fence.cancel(WANTED);
        assertTrue(fence.isCancelled());
        fence.ready(true);
        assertFalse(fence.isCancelled());
        pass(fence);
        assertFalse(fence.isCancelled());
    }

    private void pass(CancelFence fence) {
        while (!fence.tryPass()) {
            lowered.acquireUninterruptibly();
        }
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "fence test");
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
