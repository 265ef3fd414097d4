package dev.pgwire.internal.pool;

import dev.pgwire.error.PgException;

/**
 * What makes the connections of a pool.
 *
 * @param <H> what is made
 */
@FunctionalInterface
public interface Maker<H extends Held> {
    /**
     * Makes one, and waits for that. Called on a thread of its own.
     *
     * @param face how it will be used
     * @throws PgException if it cannot be made
     */
    H make(Face face);
}
