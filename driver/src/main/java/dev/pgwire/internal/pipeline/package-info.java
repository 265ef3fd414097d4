/** Procedures of statements that are sent one behind the other, and answered together. */
@NullMarked
package dev.pgwire.internal.pipeline;

import org.jspecify.annotations.NullMarked;
