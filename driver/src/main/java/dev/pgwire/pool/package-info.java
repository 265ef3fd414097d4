/** A pool of connections: {@link dev.pgwire.pool.Pool}, and what it is made with. */
@NullMarked
package dev.pgwire.pool;

import org.jspecify.annotations.NullMarked;
