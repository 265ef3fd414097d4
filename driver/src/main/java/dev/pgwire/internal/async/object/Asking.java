package dev.pgwire.internal.async.object;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.lob.OpenObjects;
import dev.pgwire.internal.loop.LoopFuture;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.session.LoopSession;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for large objects: a connection or a transaction.
 *
 * @param objects those of the session
 * @param mark of the transaction that all is to be part of
 * @param deadline of what is asked for now
 * @param refusal why nothing can be asked for any more; null while it can
 * @param asked takes note of what was asked for
 * @param blocking where streams are read and written
 */
public record Asking(
        LoopSession session,
        OpenObjects objects,
        long mark,
        Supplier<@Nullable Duration> deadline,
        Supplier<@Nullable InterfaceException> refusal,
        Consumer<CompletableFuture<?>> asked,
        Executor blocking) {

    /** Has a procedure done, behind all that was asked for before; what is wrong with it fails the future. */
    <T extends @Nullable Object> CompletableFuture<T> run(Supplier<Procedure<T>> procedure) {
        InterfaceException why = refusal.get();
        if (why == null) {
            try {
                CompletableFuture<T> done = session.run(procedure.get(), deadline.get());
                asked.accept(done);
                return done;
            } catch (InterfaceException refused) {
                why = refused;
            }
        }
        LoopFuture<T> failed = new LoopFuture<>();
        failed.completeExceptionally(why);
        return failed;
    }

    /** Whether the connection can still be used. */
    boolean isOpen() {
        return !session.isClosed() && refusal.get() == null;
    }
}
