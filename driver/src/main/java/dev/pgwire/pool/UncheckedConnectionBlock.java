package dev.pgwire.pool;

import dev.pgwire.Connection;

/**
 * What is done with a borrowed connection, for languages without checked exceptions. In Java every lambda is a
 * {@link ConnectionBlock}, which tells the compiler what it throws.
 */
@FunctionalInterface
public interface UncheckedConnectionBlock {
    /** Does it. What it throws passes on to the caller as it is. */
    void run(Connection connection) throws Exception;
}
