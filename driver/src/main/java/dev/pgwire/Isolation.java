package dev.pgwire;

/** How much a transaction sees of others (PostgreSQL manual, 13.2 Transaction Isolation). */
public enum Isolation {
    /** What the server's {@code default_transaction_isolation} says. */
    DEFAULT(""),
    /** In PostgreSQL the same as read committed. */
    READ_UNCOMMITTED(" ISOLATION LEVEL READ UNCOMMITTED"),
    /** Each statement sees what was committed before it began. */
    READ_COMMITTED(" ISOLATION LEVEL READ COMMITTED"),
    /** All statements see what was committed before the first of them began. */
    REPEATABLE_READ(" ISOLATION LEVEL REPEATABLE READ"),
    /** As if transactions ran one after the other; may fail with a serialization failure and then has to be repeated. */
    SERIALIZABLE(" ISOLATION LEVEL SERIALIZABLE");

    private final String clause;

    Isolation(String clause) {
        this.clause = clause;
    }

    String clause() {
        return clause;
    }
}
