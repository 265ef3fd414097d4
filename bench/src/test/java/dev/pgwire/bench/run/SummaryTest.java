package dev.pgwire.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SummaryTest {
    private static Summary of(double... values) {
        Summary summary = new Summary();
        for (double value : values) {
            summary.add(value);
        }
        return summary;
    }

    @Test
    void aSummaryHasMeanAndDeviationOfAllNumbers() {
        Summary summary = of(2, 4, 4, 4, 5, 5, 7, 9);
        assertEquals(8, summary.count());
        assertEquals(5, summary.mean());
        assertEquals(2, summary.deviation(), 1e-9);
        assertEquals(9, summary.most());
        assertEquals(0, new Summary().mean());
        assertEquals(0, new Summary().deviation());
    }

    @Test
    void summariesAddUpAndTellWhatCameSince() {
        Summary early = of(1, 2);
        Summary all = of(1, 2);
        all.add(of(10, 20));
        Summary since = all.since(early);
        assertEquals(2, since.count());
        assertEquals(15, since.mean());
        assertEquals(5, since.deviation(), 1e-9);
    }

    @Test
    void aTallyCountsWhatBecameOfEachTransaction() {
        Tally tally = new Tally();
        tally.done(5, 1, false);
        tally.tried(1);
        tally.done(7, 3, true);
        tally.tried(3);
        tally.failed(Failure.DEADLOCK);
        tally.tried(2);
        tally.failed(Failure.SERIALIZATION);
        tally.tried(1);
        tally.skip();
        assertEquals(2, tally.done());
        assertEquals(5, tally.all());
        assertEquals(2, tally.failures());
        assertEquals(2, tally.retried());
        assertEquals(3, tally.retries());
        assertEquals(1, tally.late());
        Tally twice = new Tally();
        twice.add(tally);
        twice.add(tally);
        assertEquals(10, twice.all());
        assertEquals(5, twice.since(tally).all());
        assertEquals(6, twice.since(tally).latency().mean());
    }

    @Test
    void aQuotaIsTakenOnceForEachTransaction() {
        Quota two = new Quota(2);
        assertTrue(two.take());
        assertTrue(two.take());
        assertFalse(two.take());
        assertTrue(new Quota(0).take());
    }

    @Test
    void whatIsDueFirstBeginsFirst() throws InterruptedException {
        ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(3);
        try (Pacer pacer = new Pacer()) {
            long now = System.nanoTime();
            pacer.at(now + 3_000_000, () -> {
                begun.add("third");
                all.countDown();
            });
            pacer.at(now + 2_000_000, () -> {
                begun.add("second");
                all.countDown();
            });
            pacer.at(now - 1, () -> {
                begun.add("first");
                all.countDown();
            });
            pacer.start();
            all.await();
        }
        assertEquals(List.of("first", "second", "third"), List.copyOf(begun));
    }

    @Test
    void nothingBeginsBeforeItIsDue() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        long[] at = new long[1];
        try (Pacer pacer = new Pacer()) {
            pacer.start();
            long due = System.nanoTime() + 5_000_000;
            pacer.at(due, () -> {
                at[0] = System.nanoTime() - due;
                ran.countDown();
            });
            ran.await();
        }
        assertTrue(at[0] >= 0);
    }
}
