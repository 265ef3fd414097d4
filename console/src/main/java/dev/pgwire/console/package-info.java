/** {@code ./pgwire}: a console in the manner of psql, on the driver's public interface. */
@NullMarked
package dev.pgwire.console;

import org.jspecify.annotations.NullMarked;
