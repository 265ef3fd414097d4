package dev.pgwire.benchmarks.compare.server;

/** How a contestant reaches the server. */
public enum Way {
    /** In the clear, by a role that is trusted if the server was started for this. */
    PLAIN,
    /** The same by TLS 1.3. */
    TLS,
    /** The same by a Unix socket. */
    UNIX_SOCKET,
    /** In the clear, by a role that proves by SCRAM that it knows its password. */
    SCRAM,
    /** The same by TLS 1.3. */
    SCRAM_TLS
}
