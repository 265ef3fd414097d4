/** What a program is told of the statements of its connections, while they run. */
@NullMarked
package dev.pgwire.observe;

import org.jspecify.annotations.NullMarked;
