package dev.pgwire.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancelFenceTest {
    @Test
    void aRequestIsMadeOnlyWhileSomethingRuns() {
        AtomicInteger requests = new AtomicInteger();
        CancelFence fence = new CancelFence(requests::incrementAndGet);
        fence.cancel();
        assertEquals(0, requests.get());
        fence.pass();
        fence.cancel();
        fence.cancel();
        assertEquals(2, requests.get());
        fence.ready();
        fence.cancel();
        assertEquals(2, requests.get());
    }

    @Test
    void moreOfTheSameSegmentPasses() {
        AtomicBoolean passed = new AtomicBoolean();
        CancelFence[] fence = new CancelFence[1];
        fence[0] = new CancelFence(() -> {
            fence[0].pass();
            passed.set(true);
        });
        fence[0].pass();
        fence[0].cancel();
        assertTrue(passed.get());
    }

    @Test
    void whatComesNextWaitsForAllRequests() throws Exception {
        CountDownLatch under = new CountDownLatch(2);
        CountDownLatch taken = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        CancelFence fence = new CancelFence(() -> {
            under.countDown();
            await(taken);
            ended.incrementAndGet();
        });
        fence.pass();
        Thread first = start(fence::cancel);
        Thread second = start(fence::cancel);
        under.await();
        fence.ready();
        AtomicInteger endedBefore = new AtomicInteger();
        Thread next = start(() -> {
            fence.pass();
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
        CancelFence fence = new CancelFence(() -> {
            throw new IllegalStateException("not today");
        });
        fence.pass();
        assertThrows(IllegalStateException.class, fence::cancel);
        fence.ready();
        fence.pass();
    }

    @Test
    void whoWaitsIsLetGoWhenTheConnectionIsClosed() throws Exception {
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        CancelFence fence = new CancelFence(() -> {
            under.countDown();
            await(taken);
        });
        fence.pass();
        Thread cancelling = start(fence::cancel);
        under.await();
        fence.ready();
        Thread next = start(fence::pass);
        fence.open();
        next.join();
        taken.countDown();
        cancelling.join();
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
