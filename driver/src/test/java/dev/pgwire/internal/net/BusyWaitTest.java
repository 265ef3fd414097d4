package dev.pgwire.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testing.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class BusyWaitTest {
    private static final long LIMIT = 50_000;
    private static final long LONG = 1_000_000_000;

    private int processors = 2;
    private int asked;
    private boolean isVirtual;
    private long now = -LONG;
    private long inVain;
    private int looks;
    private final BusyWait waits = new BusyWait(
            LIMIT,
            () -> {
                asked++;
                return processors;
            },
            () -> isVirtual);

    @Test
    void aWaitLooksForTheTimeThatIsSet() {
        assertEquals(now + LIMIT, waits.begin(now));
        waits.found(now + 10);
        assertEquals(7 + LIMIT, waits.begin(7));
    }

    @Test
    void theThreadsOfThisJvmLookIfItHasProcessors() {
        boolean looks = Runtime.getRuntime().availableProcessors() > 1;
        assertEquals(looks ? 1_007 : 7, BusyWait.of(Duration.ofNanos(1_000)).begin(7));
    }

    @Test
    void onlyAVirtualThreadIsVirtual() throws ReflectiveOperationException, InterruptedException {
        assertFalse(VirtualThreads.isCurrent());
        if (Runtime.version().feature() >= 21) {
            boolean[] seen = new boolean[1];
            Runnable look = () -> seen[0] = VirtualThreads.isCurrent();
            Thread virtual = (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, look);
            virtual.join(TimeUnit.SECONDS.toMillis(30));
            assertTrue(seen[0]);
        }
    }

    @Test
    void aClockThatPassesItsHighestValueIsNoHindrance() {
        now = Long.MAX_VALUE - 10;
        assertTrue(answeredAfter(LIMIT / 2));
        assertTrue(now < 0);
        assertTrue(answeredAfter(LIMIT / 2));
        assertEquals(0, inVain);
    }

    @Test
    void oneProcessorIsForTheServer() {
        processors = 1;
        assertEquals(now, waits.begin(now));
    }

    @Test
    void theProcessorsAreCountedOnceASecond() {
        for (int i = 0; i < 1_000; i++) {
            assertTrue(answeredAfter(10));
        }
        assertEquals(1, asked);
        processors = 1;
        now += LONG;
        assertFalse(answeredAfter(10));
        processors = 4;
        assertFalse(answeredAfter(10));
        now += LONG;
        assertTrue(answeredAfter(10));
        assertEquals(3, asked);
    }

    @Test
    void aVirtualThreadLeavesItsCarrierAndThePlatformThreadBehindItLooks() {
        isVirtual = true;
        assertEquals(now, waits.begin(now));
        isVirtual = false;
        assertEquals(now + LIMIT, waits.begin(now));
    }

    @Test
    void aLookThatFoundNothingIsForgivenTwice() {
        for (int i = 0; i < 20; i++) {
            now += LONG;
            assertTrue(answeredAfter(2 * LIMIT));
            assertTrue(answeredAfter(2 * LIMIT));
            assertTrue(answeredAfter(LIMIT / 2));
        }
    }

    @Test
    void slowAnswersAreLookedForAfterEverMoreWaits() {
        assertEquals(
                List.of(0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024, 1024),
                waitsBetweenLooks(16, 1_000 * LIMIT));
    }

    @Test
    void anAnswerThatIsFoundEndsTheBackOff() {
        waitsBetweenLooks(8, 1_000 * LIMIT);
        assertEquals(List.of(32, 0, 0, 0), waitsBetweenLooks(4, LIMIT / 2));
        assertEquals(List.of(0, 0, 0, 1, 2), waitsBetweenLooks(5, 1_000 * LIMIT));
    }

    @Test
    void quickAnswersAreNoticedAfterAnyTimeOfSlowOnes() {
        for (int i = 0; i < 100_000; i++) {
            answeredAfter(LONG);
        }
        int waited = 0;
        while (!answeredAfter(LIMIT / 2)) {
            waited++;
        }
        assertTrue(waited <= BusyWait.MOST_SKIPPED, waited + " waits");
        for (int i = 0; i < 1_000; i++) {
            assertTrue(answeredAfter(LIMIT / 2));
        }
    }

    @Test
    void anAnswerThatIsFoundTooLateIsLookedForInVain() {
        for (int i = 0; i < BusyWait.FORGIVEN; i++) {
            now = waits.begin(now) + 1;
            waits.found(now);
        }
        assertEquals(now, waits.begin(now));
    }

    @Test
    void anAnswerThatIsFoundInTheLastMomentIsFound() {
        for (int i = 0; i < 100; i++) {
            now = waits.begin(now);
            waits.found(now);
        }
        assertEquals(now + LIMIT, waits.begin(now));
    }

    @Test
    void aLookThatIsCutShortSaysNothingOfTheAnswers() {
        for (int i = 0; i < 100; i++) {
            now += LONG;
            assertEquals(now + LIMIT, waits.begin(now));
            waits.gaveUp(now + LIMIT - 1);
        }
    }

    @Test
    void looksThatAreCutShortCountAsTimeInVain() {
        for (int i = 0; i < BusyWait.MOST_CREDIT; i++) {
            assertEquals(now + LIMIT, waits.begin(now));
            waits.gaveUp(now + LIMIT - 1);
        }
        assertEquals(now, waits.begin(now));
    }

    @Test
    void theTimeOfAThreadThatWasAwayIsNoTimeInVain() {
        waits.begin(now);
        now += LONG;
        waits.gaveUp(now);
        assertTrue(answeredAfter(LIMIT / 2));
    }

    @Test
    void whereQuickAndSlowAnswersAlternateLooksInVainGetAQuarterOfTheTime() {
        long start = now;
        for (int i = 0; i < 100_000; i++) {
            answeredAfter(LIMIT / 10);
            answeredAfter(LIMIT + 1);
        }
        assertTrue(inVain <= (now - start) / BusyWait.SHARE + BusyWait.MOST_CREDIT * LIMIT, inVain + " ns");
        assertTrue(inVain > (now - start) / BusyWait.SHARE / 2, inVain + " of " + (now - start) + " ns");
    }

    @Test
    void creditThatWasNotUsedIsNotKeptForLater() {
        now += 3_600 * LONG;
        long start = now;
        for (int i = 0; i < 1_000; i++) {
            answeredAfter(LIMIT / 10);
            answeredAfter(LIMIT + 1);
        }
        assertTrue(inVain <= (now - start) / BusyWait.SHARE + BusyWait.MOST_CREDIT * LIMIT, inVain + " ns");
    }

    @Test
    void whateverTheAnswersTakeTheTimeInVainIsBoundedFromAnyMomentOn() {
        Seed seed = Seed.take();
        Random random = seed.random();
        for (int load = 0; load < 400; load++) {
            long start = now;
            inVain = 0;
            LongSupplier answer = answers(random);
            long program = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt((int) (4 * LIMIT));
            for (int i = random.nextInt(500); i >= 0; i--) {
                now += program == 0 ? 0 : (long) (random.nextDouble() * program);
                answeredAfter(answer.getAsLong());
                long bound = (now - start) / BusyWait.SHARE + BusyWait.MOST_CREDIT * LIMIT;
                assertTrue(inVain <= bound, inVain + " ns in vain of " + (now - start) + ", " + seed);
            }
        }
        assertTrue(looks > 1_000, looks + " looks, " + seed);
    }

    /** Loads such as programs have: all alike, two kinds, a long tail, anything. */
    private static LongSupplier answers(Random random) {
        long usual = 1 + (long) (random.nextDouble() * 2 * LIMIT);
        long other = 1 + (long) (random.nextDouble() * 4 * LIMIT);
        double share = random.nextDouble();
        return switch (random.nextInt(4)) {
            case 0 -> () -> usual;
            case 1 -> () -> random.nextDouble() < share ? usual : other;
            case 2 -> () -> (long) (usual / (1.0001 - random.nextDouble()));
            default -> () -> 1 + (long) (random.nextDouble() * other);
        };
    }

    private List<Integer> waitsBetweenLooks(int count, long answer) {
        List<Integer> between = new ArrayList<>();
        int slept = 0;
        while (between.size() < count) {
            if (answeredAfter(answer)) {
                between.add(slept);
                slept = 0;
            } else {
                slept++;
            }
        }
        return between;
    }

    /** A wait whose answer comes after a time; returns whether it looked. */
    private boolean answeredAfter(long answer) {
        long begun = now;
        long until = waits.begin(begun);
        now += answer;
        if (until == begun) {
            return false;
        }
        looks++;
        if (now - until <= 0) {
            waits.found(now);
        } else {
            inVain += until - begun;
            waits.gaveUp(until);
        }
        return true;
    }
}
