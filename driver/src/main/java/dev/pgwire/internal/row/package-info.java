/** Rows as they lie in memory: pages of wire bytes, and the plan by which a column is decoded. */
@NullMarked
package dev.pgwire.internal.row;

import org.jspecify.annotations.NullMarked;
