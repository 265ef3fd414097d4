/** The way to a session: hosts, addresses, encryption, login, and the same way again for a cancel request. */
@NullMarked
package dev.pgwire.internal.connect;

import org.jspecify.annotations.NullMarked;
