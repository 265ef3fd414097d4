package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.pool.Loan;
import dev.pgwire.internal.pool.Stock;
import org.jspecify.annotations.Nullable;

/** What a connection has to do with the pool that it was borrowed from. */
final class Borrowing {
    /** Of a connection that is the program's own. */
    static final Borrowing NONE = new Borrowing(null, null);

    private final @Nullable Stock<PooledSession> stock;
    private final @Nullable Loan<PooledSession> loan;
    /** Whether the session has something of the borrower's own that cannot be taken away again. */
    private boolean marked;

    private Borrowing(@Nullable Stock<PooledSession> stock, @Nullable Loan<PooledSession> loan) {
        this.stock = stock;
        this.loan = loan;
    }

    /** Of a connection that was borrowed. */
    static Borrowing of(Stock<PooledSession> stock, Loan<PooledSession> loan) {
        return new Borrowing(stock, loan);
    }

    /** Whether the connection was given back. */
    boolean isOver() {
        return loan != null && loan.isOver();
    }

    /**
     * Checks that the connection is still the borrower's.
     *
     * @throws InterfaceException if it was given back
     */
    void check() {
        if (isOver()) {
            throw new InterfaceException(
                    "the connection was given back to its pool, expected one that is still borrowed");
        }
    }

    /** A statement is run. */
    void runs(String sql) {
        if (loan != null) {
            loan.runs(sql);
        }
    }

    /** The session must not be lent to another borrower. */
    void mark() {
        if (loan != null) {
            marked = true;
        }
    }

    /** Gives the session back to the pool, unless that was done before. */
    void giveBack(Transactions transactions) {
        if (loan != null && stock != null && loan.end()) {
            transactions.forget();
            PooledSession.takeBack(stock, loan, !marked);
        }
    }
}
