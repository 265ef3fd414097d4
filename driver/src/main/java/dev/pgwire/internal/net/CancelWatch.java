package dev.pgwire.internal.net;

/** Whoever makes a cancel request is asked every few milliseconds, on the thread that makes it, if it is still wanted. */
public interface CancelWatch {
    /** Whether the request is to be sent. Nothing of it was; it ends without a trace when it is not wanted any more. */
    boolean wantsRequest();

    /** Whether the server is still waited for. The request was sent, and to leave it means not to know when it arrives. */
    boolean awaitsEnd();
}
