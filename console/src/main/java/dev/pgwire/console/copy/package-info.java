/** COPY between the server and files, programs or the lines of a script. */
@NullMarked
package dev.pgwire.console.copy;

import org.jspecify.annotations.NullMarked;
