package dev.pgwire.internal.tls;

/** What a server had to show in a handshake that succeeded. */
public enum ServerCheck {
    /** Nothing: its certificate may be that of any server. */
    NONE,
    /** A certificate that leads to a trusted root, for any name. */
    CHAIN,
    /** A certificate that leads to a trusted root and is for the host. */
    CHAIN_AND_NAME
}
