/** Results as columns: the values of many rows in one array for each column. */
@NullMarked
package dev.pgwire.internal.column;

import org.jspecify.annotations.NullMarked;
