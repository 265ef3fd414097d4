package dev.pgwire.async;

import dev.pgwire.error.PgException;
import dev.pgwire.sql.Composable;
import dev.pgwire.sql.Literals;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is done by the text of a statement that was composed; where that cannot be written, it fails. */
final class Composition {
    private Composition() {}

    static <T extends @Nullable Object> CompletableFuture<T> of(
            Composable sql, Literals literals, Function<String, CompletableFuture<T>> then) {
        String text;
        try {
            text = sql.asString(literals);
        } catch (PgException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return then.apply(text);
    }
}
