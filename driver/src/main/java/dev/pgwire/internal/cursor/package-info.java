/** Cursors of the server, and portals that are read page by page. */
@NullMarked
package dev.pgwire.internal.cursor;

import org.jspecify.annotations.NullMarked;
