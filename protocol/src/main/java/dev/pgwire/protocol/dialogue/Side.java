package dev.pgwire.protocol.dialogue;

/** Who sends: the client or the server, by the protocol's words. */
public enum Side {
    FRONTEND,
    BACKEND;

    /** Who receives. */
    public Side other() {
        return this == FRONTEND ? BACKEND : FRONTEND;
    }
}
