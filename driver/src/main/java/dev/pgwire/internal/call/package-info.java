/** Calls of functions and procedures. */
@NullMarked
package dev.pgwire.internal.call;

import org.jspecify.annotations.NullMarked;
