/** Passwords that are changed. */
@NullMarked
package dev.pgwire.internal.password;

import org.jspecify.annotations.NullMarked;
