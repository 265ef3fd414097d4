/** Procedures that begin and end transactions and savepoints. */
@NullMarked
package dev.pgwire.internal.transaction;

import org.jspecify.annotations.NullMarked;
