package dev.pgwire.protocol.dialogue;

/** How far a conversation has come: what may be sent next, and how its messages are told apart. */
public enum Phase {
    /** The client is to send a message without a tag: a request for encryption, to cancel, or to begin a session. */
    OPENING,
    /** The client has asked for TLS or GSSAPI; the server answers with one byte. */
    ENCRYPTION_ASKED,
    /** What follows is TLS or GSSAPI's, and no message can be seen in it. */
    ENCRYPTED,
    /** A CancelRequest was sent, which has no answer. */
    CANCEL,
    /** The session begins: authentication, parameters, the key, until the first ReadyForQuery. */
    STARTING,
    /** Requests and answers. */
    SESSION,
    /** The server waits for the data of a COPY. */
    COPY_IN,
    /** The server sends the data of a COPY. */
    COPY_OUT,
    /** Both send data: replication. */
    COPY_BOTH,
    /** The client has said that it goes. */
    TERMINATED;

    /** Whether messages have tags: not those that open a connection. */
    boolean isTagged() {
        return ordinal() >= STARTING.ordinal();
    }
}
