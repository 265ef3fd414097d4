package dev.pgwire.internal.async;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.loop.LoopFuture;
import dev.pgwire.internal.pool.Held;
import dev.pgwire.internal.pool.Loan;
import dev.pgwire.internal.pool.Stock;
import dev.pgwire.internal.session.LoopSession;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a borrowed connection on an event loop has to do with its pool. */
final class LoopBorrowing {
    private final Stock<Held> stock;
    private final Loan<Held> loan;
    private final LentLoop lent;
    private final LoopSession session;
    private final LoopFuture<@Nullable Void> givenBack = new LoopFuture<>();
    private volatile boolean marked;

    LoopBorrowing(Stock<Held> stock, Loan<Held> loan, LentLoop lent, LoopSession session) {
        this.stock = stock;
        this.loan = loan;
        this.lent = lent;
        this.session = session;
    }

    /** Why nothing can be asked for any more; null while it is borrowed. */
    @Nullable
    InterfaceException refusal() {
        return loan.isOver()
                ? new InterfaceException(
                        "the connection was given back to its pool, expected one that is still borrowed")
                : null;
    }

    /** A statement is run. */
    void runs(String sql) {
        loan.runs(sql);
    }

    /** The session must not be lent to another borrower. */
    void mark() {
        marked = true;
    }

    /** Gives the session back, behind all that was asked for; done when the next borrower may have it. */
    CompletableFuture<@Nullable Void> giveBack() {
        if (loan.end()) {
            lent.clean(session, !marked).whenComplete((reset, failure) -> {
                if (failure == null && reset) {
                    stock.countReset();
                }
                end(failure == null && !marked);
            });
        }
        return givenBack;
    }

    private void end(boolean clean) {
        if (clean) {
            stock.giveBack(loan);
        } else {
            stock.discard(loan);
        }
        givenBack.complete(null);
    }
}
