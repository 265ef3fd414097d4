package dev.pgwire.internal.pool;

/** How a connection is used. The two kinds share the places of a pool; a borrower wants one of a kind. */
public enum Face {
    /** By a thread that waits for answers. */
    BLOCKING,
    /** On an event loop, by callers that do not wait. */
    ASYNCHRONOUS
}
