/** What the server tells without being asked. */
@NullMarked
package dev.pgwire.internal.server;

import org.jspecify.annotations.NullMarked;
