package dev.pgwire.async;

import dev.pgwire.ScrollMode;
import dev.pgwire.ServerCursor;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that the server keeps, see {@link ServerCursor}, for callers that do not wait. Any thread may use it; what is asked for is done
 * in the order of the calls, with what else is asked of the connection. Each fetch is one FETCH, and nothing is fetched ahead.
 *
 * <p>One of an {@link AsyncTransaction} is used in that transaction. One that is declared with {@link ServerCursorOptions#hold}, to outlive
 * it, is made by the connection.
 */
public interface AsyncServerCursor {
    /** Its name, as the catalog has it. */
    String name();

    /** Whether it is declared {@code SCROLL}. */
    boolean isScrollable();

    /** Whether it is declared {@code WITH HOLD}. */
    boolean isHold();

    /**
     * Declares it on the server, see {@link ServerCursor#execute(String, Object...)}.
     *
     * @return this cursor
     */
    CompletableFuture<AsyncServerCursor> execute(String sql, @Nullable Object... values);

    /** Its columns. */
    CompletableFuture<List<Column>> description();

    /** The next row; null if there is none any more. */
    CompletableFuture<@Nullable Row> fetchOne();

    /** The next rows, at most that number; empty if there are none any more. */
    CompletableFuture<Rows> fetchMany(int rows);

    /** All rows that are left, within the bound of what is kept in memory. */
    CompletableFuture<Rows> fetchAll();

    /** The rows that are left when it is subscribed to, by one FETCH for each subscriber, as {@link AsyncClient#stream} gives those of a statement. */
    Flow.Publisher<Row> stream();

    /** Moves it, see {@link ServerCursor#scroll}; gives whether there is a row at the place. */
    CompletableFuture<Boolean> scroll(int rows, ScrollMode mode);

    /** Closes it on the server. Where that has none of the name any more, nothing happens. */
    CompletableFuture<@Nullable Void> close();
}
