package dev.pgwire.pool;

import dev.pgwire.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a borrowed connection to find a value.
 *
 * @param <T> the value
 * @param <E> what it throws beside unchecked exceptions
 */
@FunctionalInterface
public interface ConnectionFunction<T extends @Nullable Object, E extends Exception>
        extends UncheckedConnectionFunction<T> {
    @Override
    T apply(Connection connection) throws E;
}
