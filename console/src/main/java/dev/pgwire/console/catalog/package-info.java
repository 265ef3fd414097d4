/** What {@code \d} and its like tell of the server's catalogs. */
@NullMarked
package dev.pgwire.console.catalog;

import org.jspecify.annotations.NullMarked;
