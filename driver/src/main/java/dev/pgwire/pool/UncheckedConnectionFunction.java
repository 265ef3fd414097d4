package dev.pgwire.pool;

import dev.pgwire.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a borrowed connection to find a value, for languages without checked exceptions. In Java every lambda is a
 * {@link ConnectionFunction}, which tells the compiler what it throws.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface UncheckedConnectionFunction<T extends @Nullable Object> {
    /** Does it. What it throws passes on to the caller as it is. */
    T apply(Connection connection) throws Exception;
}
