package dev.pgwire.testing;

import java.util.function.BooleanSupplier;

/** Waits for what happens beside a test. How long it may take is what the test's own time-out says. */
public final class Until {
    private static final long LOOKS_EACH_MILLIS = 5;

    private Until() {}

    /**
     * Returns when a condition was seen to hold: it may hold for a moment only.
     *
     * @throws IllegalStateException if the thread is interrupted, as a time-out does
     */
    public static void holds(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(LOOKS_EACH_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(
                        "it does not hold, expected that it does before the thread is interrupted", stop);
            }
        }
    }
}
