package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.pool.Held;
import dev.pgwire.internal.pool.Loan;
import dev.pgwire.internal.pool.Stock;

/** What a borrowed connection has to do with its pool; one that is the program's own has none. */
final class Borrowing {
    private final Stock<Held> stock;
    private final Loan<Held> loan;
    /** Whether the session has something of the borrower's own that cannot be taken away again. */
    private boolean marked;

    Borrowing(Stock<Held> stock, Loan<Held> loan) {
        this.stock = stock;
        this.loan = loan;
    }

    /** Whether the connection was given back. */
    boolean isOver() {
        return loan.isOver();
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
        loan.runs(sql);
    }

    /** The session must not be lent to another borrower. */
    void mark() {
        marked = true;
    }

    /** Gives the session back to the pool, unless that was done before. */
    void giveBack(Transactions transactions) {
        if (loan.end()) {
            transactions.tellForgotten("its connection was given back to the pool, which rolls it back");
            transactions.forget();
            PooledSession.takeBack(stock, loan, !marked);
        }
    }
}
