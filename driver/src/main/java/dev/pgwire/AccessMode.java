package dev.pgwire;

/** Whether a transaction may write. */
public enum AccessMode {
    /** What the server's {@code default_transaction_read_only} says. */
    DEFAULT(""),
    /** It may. */
    READ_WRITE(" READ WRITE"),
    /** It may not, except to temporary tables. */
    READ_ONLY(" READ ONLY");

    private final String clause;

    AccessMode(String clause) {
        this.clause = clause;
    }

    String clause() {
        return clause;
    }
}
