/** A readable trace of what goes over the wire, line for line as libpq's {@code PQtrace} prints it. */
@NullMarked
package dev.pgwire.protocol.trace;

import org.jspecify.annotations.NullMarked;
