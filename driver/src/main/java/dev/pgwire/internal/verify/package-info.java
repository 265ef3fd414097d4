/** Statements that are checked against the records that their rows are to become, and not run. */
@NullMarked
package dev.pgwire.internal.verify;

import org.jspecify.annotations.NullMarked;
