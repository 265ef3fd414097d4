/** The line that a program speaks the protocol on itself. */
@NullMarked
package dev.pgwire.internal.line;

import org.jspecify.annotations.NullMarked;
