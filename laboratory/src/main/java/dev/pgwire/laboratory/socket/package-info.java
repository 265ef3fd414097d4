/** Sockets that block, in the clear or by TLS: what the proxy and the server stand on. Not for programs. */
@NullMarked
package dev.pgwire.laboratory.socket;

import org.jspecify.annotations.NullMarked;
