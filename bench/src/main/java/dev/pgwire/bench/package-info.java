/** The load generator: {@code ./pgwire bench}. */
@NullMarked
package dev.pgwire.bench;

import org.jspecify.annotations.NullMarked;
