/** What a connection is made with: {@link dev.pgwire.config.Config} and the connection strings it is read from. */
@NullMarked
package dev.pgwire.config;

import org.jspecify.annotations.NullMarked;
