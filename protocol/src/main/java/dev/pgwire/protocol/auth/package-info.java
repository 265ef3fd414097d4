/** The mathematics of password authentication: SCRAM-SHA-256 and md5, without any input or output. */
@NullMarked
package dev.pgwire.protocol.auth;

import org.jspecify.annotations.NullMarked;
