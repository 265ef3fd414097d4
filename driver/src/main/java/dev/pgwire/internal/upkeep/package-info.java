/** The procedures that look after a session between its users: what is left is cleared away, the server is asked whether it is still good. */
@NullMarked
package dev.pgwire.internal.upkeep;

import org.jspecify.annotations.NullMarked;
