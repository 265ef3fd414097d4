package dev.pgwire.internal.cancel;

/** Asks the server to cancel what a session does. */
@FunctionalInterface
public interface CancelRequest {
    /**
     * Sends the request, as long as it is wanted, and returns when the server has taken it; bounded in time.
     *
     * @throws UnconfirmedCancel if it was sent, and may arrive at any time
     */
    void send(CancelDemand demand);
}
