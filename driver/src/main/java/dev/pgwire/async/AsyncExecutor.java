package dev.pgwire.async;

import dev.pgwire.SqlExecutor;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.row.Answer;
import dev.pgwire.sql.Composable;
import dev.pgwire.sql.Literals;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements with values, which are given as {@link SqlExecutor} takes them, without waiting: what an {@link AsyncConnection}, an
 * {@link AsyncTransaction} and an {@link AsyncPipeline} have in common. Programs do not implement it: it may get more methods.
 *
 * <p>Any thread may call the methods. A wrong call, such as one with {@code :name} that has no value, throws at once; all else that
 * goes wrong fails the future, with the exception that the blocking face would throw, and with the stack of the thread that made the
 * call. A future is completed on the thread of an event loop, which runs what depends on it, unless that is given an executor: it
 * must not block there, and a blocking call of the driver throws {@link IllegalStateException}.
 *
 * <p>{@code future.cancel(true)} keeps a statement from being sent, or asks the server to cancel it, as an interrupt does with a
 * blocking call. The connection stays usable. It goes for the futures that are returned here; one that was made of them by
 * {@code thenApply} and its like cancels nothing, as everywhere.
 */
public interface AsyncExecutor extends Literals {
    /**
     * Runs a statement, or several in one string if no values are given, see {@link Answer#next}. All of the answer is held in
     * memory: one that takes more than 64 MiB, or a quarter of the heap, fails; {@link AsyncClient#stream} has no such bound.
     *
     * @return fails with {@link PgException}, or {@link QueryCanceledException} after a deadline
     */
    CompletableFuture<Answer> execute(String sql, @Nullable Object... values);

    /**
     * What {@code execute(sql, null)} is: one NULL, for {@code $1}, see {@link SqlExecutor#execute(String, Void[])}.
     *
     * @param none null
     */
    default CompletableFuture<Answer> execute(String sql, Void @Nullable [] none) {
        return execute(sql, none == null ? new @Nullable Object[1] : (@Nullable Object[]) none);
    }

    /**
     * Runs a statement that was composed, with the values of its placeholders, see {@link SqlExecutor#execute(Composable, Object...)}.
     *
     * @return fails, too, if the statement cannot be written
     */
    default CompletableFuture<Answer> execute(Composable sql, @Nullable Object... values) {
        return Composition.of(sql, this, text -> execute(text, values));
    }

    /** A statement with its values in the place of its parameters, see {@link SqlExecutor#mogrify}. Nothing is sent, nothing waits, and what goes wrong is thrown. */
    String mogrify(String sql, @Nullable Object... values);

    /**
     * Runs a statement with its values in the place of its parameters, see {@link SqlExecutor#executeMogrified}.
     *
     * @return fails, too, if the statement cannot be written
     */
    default CompletableFuture<Answer> executeMogrified(String sql, @Nullable Object... values) {
        String text;
        try {
            text = mogrify(sql, values);
        } catch (PgException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return execute(text);
    }
}
