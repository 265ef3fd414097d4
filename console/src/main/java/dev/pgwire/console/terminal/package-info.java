/** The prompt: line editing, completion, history. */
@NullMarked
package dev.pgwire.console.terminal;

import org.jspecify.annotations.NullMarked;
