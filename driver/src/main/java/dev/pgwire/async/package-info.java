/**
 * Connections for callers that do not wait. A {@link dev.pgwire.async.AsyncConnection} lives on an event loop that it shares with
 * others; what it does comes back as a {@link java.util.concurrent.CompletableFuture} or a {@link java.util.concurrent.Flow.Publisher}.
 */
@NullMarked
package dev.pgwire.async;

import org.jspecify.annotations.NullMarked;
