package dev.pgwire;

/**
 * Whether a serializable, read-only transaction may wait for a snapshot with which it can no more fail. Without effect on
 * any other.
 */
public enum Deferrable {
    /** What the server's {@code default_transaction_deferrable} says. */
    DEFAULT(""),
    /** It may. */
    DEFERRABLE(" DEFERRABLE"),
    /** It begins at once. */
    NOT_DEFERRABLE(" NOT DEFERRABLE");

    private final String clause;

    Deferrable(String clause) {
        this.clause = clause;
    }

    String clause() {
        return clause;
    }
}
