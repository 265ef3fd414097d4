/** Finds out what the program has forgotten instead of ending it: connections, and transactions. */
@NullMarked
package dev.pgwire.internal.leak;

import org.jspecify.annotations.NullMarked;
