/** What moves bytes: the loop that the caller drives, the socket, the frames. The only package that knows channels. */
@NullMarked
package dev.pgwire.internal.net;

import org.jspecify.annotations.NullMarked;
