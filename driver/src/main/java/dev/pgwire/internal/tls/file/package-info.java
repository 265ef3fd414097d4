/** The files of TLS: PEM and DER, and what a configuration names or leaves to the default directory. */
@NullMarked
package dev.pgwire.internal.tls.file;

import org.jspecify.annotations.NullMarked;
