package dev.pgwire.internal.exchange;

import dev.pgwire.protocol.frontend.FrontendMessage;

/** The way to the server for an exchange that must answer something in the middle of its answer. */
@FunctionalInterface
public interface Outgoing {
    /** Sends messages at once, in one flush. */
    void send(FrontendMessage... messages);
}
