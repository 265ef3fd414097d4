/** The client's own certificate and private key, in every form that OpenSSL writes them. */
@NullMarked
package dev.pgwire.internal.tls.key;

import org.jspecify.annotations.NullMarked;
