/** How a connection string is read: its grammars, its keywords, and where the values that it does not give come from. */
@NullMarked
package dev.pgwire.internal.config;

import org.jspecify.annotations.NullMarked;
