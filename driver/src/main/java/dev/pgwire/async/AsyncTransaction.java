package dev.pgwire.async;

import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, or a savepoint inside one, of an {@link AsyncConnection}. Ends by {@link #commit} or {@link #rollback}; then it refuses
 * whatever else is asked of it, as {@link dev.pgwire.Transaction} does. It is the connection's: what others do on the connection
 * meanwhile is part of it.
 */
public interface AsyncTransaction extends AsyncClient {
    /** The connection it runs on. */
    AsyncConnection connection();

    /**
     * Keeps what was done.
     *
     * @return fails with {@link InFailedTransactionException} if an earlier error had failed it, so that it was rolled back, and with
     *     {@link InterfaceException} if it has ended already
     */
    CompletableFuture<@Nullable Void> commit();

    /** Undoes what was done; fails with {@link InterfaceException} if it has ended already. */
    CompletableFuture<@Nullable Void> rollback();

    /** Whether it was committed or rolled back, here or by what it is inside of, or by a statement. */
    boolean hasEnded();
}
