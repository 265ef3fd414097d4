/** Procedures: what is done with the server in several moves. None of them waits. */
@NullMarked
package dev.pgwire.internal.request;

import org.jspecify.annotations.NullMarked;
