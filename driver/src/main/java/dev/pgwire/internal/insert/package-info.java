/** The procedure that inserts many rows, in the way that is quickest. */
@NullMarked
package dev.pgwire.internal.insert;

import org.jspecify.annotations.NullMarked;
