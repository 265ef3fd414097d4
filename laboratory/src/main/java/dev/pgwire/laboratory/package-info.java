/** Conversations with PostgreSQL, looked at and changed. */
@NullMarked
package dev.pgwire.laboratory;

import org.jspecify.annotations.NullMarked;
