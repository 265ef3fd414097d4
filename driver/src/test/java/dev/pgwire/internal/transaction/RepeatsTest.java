package dev.pgwire.internal.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DeadlockDetectedException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.SerializationFailureException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.testing.Seed;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final Throwable PASSING = new SerializationFailureException("40001", "could not serialize", null);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final SplittableRandom random = Seed.take().splittableRandom();

    private Repeats repeats(int most, @Nullable Duration limit) {
        return new Repeats(most, limit, now::get, random);
    }

    @Test
    void onlyWhatPassesIsRepeated() {
        Repeats repeats = repeats(10, null);
        assertNotNull(repeats.after(PASSING));
        assertNotNull(repeats.after(new DeadlockDetectedException("40P01", "deadlock", null)));
        assertNotNull(repeats.after(new IllegalStateException(new RuntimeException(PASSING))));
        assertNull(repeats.after(new UniqueViolationException("23505", "duplicate", null)));
        assertNull(repeats.after(new InterfaceException("wrong, expected right")));
        Exception circle = new Exception("a");
        circle.initCause(new Exception("b", circle));
        assertNull(repeats.after(circle));
    }

    @Test
    void eachPauseIsTwiceThePauseBeforeUpToASecond() {
        Repeats repeats = repeats(100, null);
        long longest = 10_000_000;
        for (int i = 0; i < 100; i++) {
            Duration pause = repeats.after(PASSING);
            assertNotNull(pause);
            long nanos = pause.toNanos();
            assertTrue(longest / 2 <= nanos && nanos <= longest, pause + " of " + longest);
            longest = Math.min(1_000_000_000, 2 * longest);
        }
        assertNull(repeats.after(PASSING));
        assertNull(repeats(0, null).after(PASSING));
    }

    @Test
    void theLimitBoundsAllAttempts() {
        Repeats repeats = repeats(10, Duration.ofSeconds(2));
        assertEquals(Duration.ofSeconds(1), repeats.within(Duration.ofSeconds(1)));
        assertEquals(Duration.ofSeconds(2), repeats.within(null));
        now.addAndGet(1_500_000_000);
        assertEquals(Duration.ofMillis(500), repeats.within(Duration.ofSeconds(1)));
        assertNotNull(repeats.after(PASSING));
        now.addAndGet(499_000_000);
        assertNull(repeats.after(PASSING));
        now.addAndGet(10_000_000_000L);
        assertEquals(Duration.ofMillis(1), repeats.within(null));
        assertNull(repeats(1, null).within(null));
    }
}
