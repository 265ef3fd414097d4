/** A session on one connection: statements, parameters, transactions; what the public classes stand on. */
@NullMarked
package dev.pgwire.internal.session;

import org.jspecify.annotations.NullMarked;
