package dev.pgwire.config;

/** What becomes of a COMMIT whose connection is lost before the server has answered. */
public enum CommitOutcome implements Choice {
    /** It is not known whether the transaction was committed. The default. */
    OFF("off"),
    /**
     * The server is asked, over another connection; the exception has the answer, see
     * {@link dev.pgwire.error.DatabaseException#transactionOutcome}. It costs one more round trip for each COMMIT, in which the
     * server tells the transaction's id before.
     */
    LOOKUP("lookup");

    private final String text;

    CommitOutcome(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
