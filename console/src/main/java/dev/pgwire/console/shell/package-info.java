/** Runs statements and backslash commands on one connection, from a terminal or a script. */
@NullMarked
package dev.pgwire.console.shell;

import org.jspecify.annotations.NullMarked;
