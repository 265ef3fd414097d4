/** The procedures of COPY: rows and raw data to the server, and from there. */
@NullMarked
package dev.pgwire.internal.copy;

import org.jspecify.annotations.NullMarked;
