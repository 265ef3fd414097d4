/** Procedures that read on in an answer. */
@NullMarked
package dev.pgwire.internal.answer;

import org.jspecify.annotations.NullMarked;
