/** The socket: the loop that the caller drives, the frames, connecting. The only package that knows channels. */
@NullMarked
package dev.pgwire.internal.net;

import org.jspecify.annotations.NullMarked;
