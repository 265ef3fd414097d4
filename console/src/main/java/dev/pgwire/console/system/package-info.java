/** What the console prints through and runs: standard output and errors, the pager, programs of the system. */
@NullMarked
package dev.pgwire.console.system;

import org.jspecify.annotations.NullMarked;
