/** The judgement of the server: its chain, its dates, its revocation, and the names that its certificate is for. */
@NullMarked
package dev.pgwire.internal.tls.trust;

import org.jspecify.annotations.NullMarked;
