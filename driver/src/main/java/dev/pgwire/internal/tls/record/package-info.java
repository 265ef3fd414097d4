/** Records of TLS, on buffers that are used again. */
@NullMarked
package dev.pgwire.internal.tls.record;

import org.jspecify.annotations.NullMarked;
