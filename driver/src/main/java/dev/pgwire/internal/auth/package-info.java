/** The start of a session: which protocol is spoken, and the proof of who the user is, and of who the server is. */
@NullMarked
package dev.pgwire.internal.auth;

import org.jspecify.annotations.NullMarked;
