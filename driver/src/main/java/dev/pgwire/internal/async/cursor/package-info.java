/** Cursors of the server, for callers that do not wait. */
@NullMarked
package dev.pgwire.internal.async.cursor;

import org.jspecify.annotations.NullMarked;
