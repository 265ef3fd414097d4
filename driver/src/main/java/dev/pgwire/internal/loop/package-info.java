/** Event loops with threads of their own, which connections share. */
@NullMarked
package dev.pgwire.internal.loop;

import org.jspecify.annotations.NullMarked;
