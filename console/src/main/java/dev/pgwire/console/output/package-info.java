/** What is printed: tables in their formats, and text that need not be UTF-8. */
@NullMarked
package dev.pgwire.console.output;

import org.jspecify.annotations.NullMarked;
