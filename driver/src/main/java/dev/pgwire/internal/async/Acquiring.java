package dev.pgwire.internal.async;

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.internal.pool.Held;
import dev.pgwire.internal.pool.Loan;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A connection that is being borrowed. To cancel it gives up the wait; a connection that comes all the same is given back. */
final class Acquiring extends Following<AsyncConnection> {
    /** Lends a connection when a loan is served. */
    Acquiring with(CompletableFuture<Loan<Held>> served, Function<Loan<Held>, LoopConnection> lend) {
        after(served, (loan, failure) -> {
            if (loan == null) {
                end(null, failure);
                return;
            }
            LoopConnection connection = lend.apply(loan);
            if (!complete(connection)) {
                connection.close();
            }
        });
        return this;
    }
}
