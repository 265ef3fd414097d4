/** What is typed or read from a script: statements, backslash commands, variables. */
@NullMarked
package dev.pgwire.console.input;

import org.jspecify.annotations.NullMarked;
