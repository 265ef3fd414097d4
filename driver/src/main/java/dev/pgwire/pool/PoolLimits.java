package dev.pgwire.pool;

import dev.pgwire.error.InterfaceException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which values a pool can work with. */
final class PoolLimits {
    private static final Duration LONGEST = Duration.ofDays(10_000);

    private PoolLimits() {}

    /**
     * Checks a configuration.
     *
     * @throws InterfaceException if a number or a time cannot be
     */
    static void check(PoolConfig config) {
        checkNumbers(config);
        Duration deadline = config.deadline();
        if (deadline != null && deadline.isNegative()) {
            throw new InterfaceException(
                    "the deadline is " + deadline + ", expected a positive time, or zero for none");
        }
        requirePositive("acquireTimeout", config.acquireTimeout());
        requirePositive("maxLag", config.maxLag());
        requireTime("acquireTimeout", config.acquireTimeout());
        requireTime("patience", config.patience());
        requireTime("maxLifetime", config.maxLifetime());
        requireTime("idleTimeout", config.idleTimeout());
        requireTime("validateAfter", config.validateAfter());
        requireTime("leakAfter", config.leakAfter());
    }

    private static void checkNumbers(PoolConfig config) {
        int maxSize = config.maxSize();
        if (maxSize < 1) {
            throw new InterfaceException("maxSize is " + maxSize + ", expected at least 1");
        }
        if (config.minSize() < 0 || config.minSize() > maxSize) {
            throw new InterfaceException(
                    "minSize is " + config.minSize() + ", expected 0 to maxSize, which is " + maxSize);
        }
        int lanes = config.lanes();
        if ((lanes < 0 || lanes >= maxSize) && lanes != 0) {
            throw new InterfaceException("lanes is " + lanes + ", expected 0, or less than maxSize, which is " + maxSize
                    + ": transactions need a connection of their own");
        }
        if (config.maxReaders() < 1) {
            throw new InterfaceException("maxReaders is " + config.maxReaders() + ", expected at least 1");
        }
        if (config.maxWaiters() < 0) {
            throw new InterfaceException("maxWaiters is " + config.maxWaiters() + ", expected at least 0");
        }
    }

    private static void requirePositive(String name, @Nullable Duration time) {
        if (time != null && (time.isNegative() || time.isZero())) {
            throw new InterfaceException(name + " is " + time + ", expected a positive time");
        }
    }

    private static void requireTime(String name, Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new InterfaceException(name + " is " + time + ", expected zero to 10,000 days");
        }
    }
}
