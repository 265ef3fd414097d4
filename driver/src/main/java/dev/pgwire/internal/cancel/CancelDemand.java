package dev.pgwire.internal.cancel;

/** Whether a cancel request is still wanted: asked every few milliseconds, on the thread that makes it. */
public interface CancelDemand {
    /** Whether the request is to be sent. Nothing of it was; it ends without a trace when it is not wanted any more. */
    boolean wantsRequest();

    /** Whether the server is still waited for. The request was sent, and to leave it means not to know when it arrives. */
    boolean awaitsEnd();
}
