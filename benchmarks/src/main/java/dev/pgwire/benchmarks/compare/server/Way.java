package dev.pgwire.benchmarks.compare.server;

/** How a contestant reaches the server. */
public enum Way {
    PLAIN,
    TLS,
    UNIX_SOCKET
}
