package dev.pgwire.pool;

import dev.pgwire.Connection;

/**
 * What is done with a borrowed connection.
 *
 * @param <E> what it throws beside unchecked exceptions
 */
@FunctionalInterface
public interface ConnectionBlock<E extends Exception> extends UncheckedConnectionBlock {
    @Override
    void run(Connection connection) throws E;
}
