/** Event loops with threads of their own, which connections share, and what tells any loop that a socket is ready. */
@NullMarked
package dev.pgwire.internal.loop;

import org.jspecify.annotations.NullMarked;
