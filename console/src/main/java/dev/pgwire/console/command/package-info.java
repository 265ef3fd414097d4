/** The backslash commands, a family a file. */
@NullMarked
package dev.pgwire.console.command;

import org.jspecify.annotations.NullMarked;
