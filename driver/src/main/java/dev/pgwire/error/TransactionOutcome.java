package dev.pgwire.error;

/** What has become of a transaction whose connection was lost while it was committed. */
public enum TransactionOutcome {
    /** All of it is stored. */
    COMMITTED,
    /** Nothing of it is. */
    ABORTED,
    /**
     * That could not be found out: no server could be asked, it was still in progress after a while, another server has taken over, or
     * the transaction had no id, because it had written nothing.
     */
    UNKNOWN
}
