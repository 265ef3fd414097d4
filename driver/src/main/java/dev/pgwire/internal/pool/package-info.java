/** What a pool does with whatever it holds: who borrows it, who waits, when it is made, looked at and closed. */
@NullMarked
package dev.pgwire.internal.pool;

import org.jspecify.annotations.NullMarked;
