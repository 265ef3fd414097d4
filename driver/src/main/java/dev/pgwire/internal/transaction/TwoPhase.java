package dev.pgwire.internal.transaction;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.sql.SqlString;
import org.jspecify.annotations.Nullable;

/** Where a connection stands in its two-phase transaction. Used by what has the connection's turn. */
public final class TwoPhase {
    /** The name of the transaction; null if there is none. */
    private volatile @Nullable String name;

    private volatile boolean prepared;

    /** A connection without one. */
    public TwoPhase() {}

    /** The transaction has begun. */
    void begun(String transaction) {
        name = transaction;
        prepared = false;
    }

    void prepared() {
        prepared = true;
    }

    boolean isPrepared() {
        return prepared;
    }

    /** There is none any more. */
    public void ends() {
        name = null;
        prepared = false;
    }

    /** Refuses what has no place in one, such as {@code commit()}. */
    public void refuse(String what) {
        if (name != null) {
            throw new InterfaceException(
                    what + " came in a two-phase transaction, expected tpcCommit() or tpcRollback()");
        }
    }

    /** The name of the transaction that is in progress. */
    String current(String what) {
        String current = name;
        if (current == null) {
            throw new InterfaceException(what + " came outside of a two-phase transaction, expected tpcBegin() before");
        }
        return current;
    }

    /** A command about a transaction of a name. */
    static String command(String what, String transaction) {
        return what + " " + SqlString.quoted(transaction);
    }
}
