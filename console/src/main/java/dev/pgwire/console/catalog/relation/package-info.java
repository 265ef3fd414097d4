/** What {@code \d} says of one relation. */
@NullMarked
package dev.pgwire.console.catalog.relation;

import org.jspecify.annotations.NullMarked;
