/** SQL as text: what it says by itself, names, and parameters by name. Nothing here knows a connection. */
@NullMarked
package dev.pgwire.internal.sql;

import org.jspecify.annotations.NullMarked;
