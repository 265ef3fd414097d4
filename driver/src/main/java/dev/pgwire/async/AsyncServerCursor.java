package dev.pgwire.async;

import dev.pgwire.ScrollMode;
import dev.pgwire.ServerCursor;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.row.Column;
import dev.pgwire.row.ColumnBatch;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.Rows;
import dev.pgwire.sql.Composable;
import java.util.List;
import java.util.Optional;
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

    /** What {@code execute(sql, null)} is: one NULL, for {@code $1}, see {@link ServerCursor#execute(String, Void[])}. */
    default CompletableFuture<AsyncServerCursor> execute(String sql, Void @Nullable [] none) {
        return execute(sql, none == null ? new @Nullable Object[1] : (@Nullable Object[]) none);
    }

    /**
     * Declares it for a query that was composed, with the values of its placeholders.
     *
     * @return fails, too, if the query cannot be written
     */
    CompletableFuture<AsyncServerCursor> execute(Composable sql, @Nullable Object... values);

    /** Its columns. */
    CompletableFuture<List<Column>> description();

    /** The next row; null if there is none any more. */
    CompletableFuture<@Nullable Row> fetchOne();

    /** The next row as a record, see {@link ServerCursor#fetchAll(Class)}; null if there is none any more. */
    <T extends Record> CompletableFuture<@Nullable T> fetchOne(Class<T> type);

    /**
     * The next row, as what a mapper makes of it; null if there is none any more. This and all other mappers are run on the thread of the
     * event loop, and may keep the rows.
     */
    <T extends @Nullable Object> CompletableFuture<@Nullable T> fetchOne(RowMapper<T> mapper);

    /** The next row, if there is one. */
    CompletableFuture<Optional<Row>> fetchOptional();

    /** The next row as a record, if there is one. */
    <T extends Record> CompletableFuture<Optional<T>> fetchOptional(Class<T> type);

    /** The next row as what a mapper makes of it, if there is one and that is not null. */
    <T> CompletableFuture<Optional<T>> fetchOptional(RowMapper<T> mapper);

    /** The first column of the next row; null both for NULL and where there is no row any more. */
    <T> CompletableFuture<@Nullable T> fetchScalar(Class<T> type);

    /**
     * The only row that is left.
     *
     * @return fails with {@link dev.pgwire.error.ProgrammingException} under SQLSTATE 21000 if there is none, or more than one
     */
    CompletableFuture<Row> fetchSingle();

    /** The only row that is left, as a record; fails as {@link #fetchSingle()} does. */
    <T extends Record> CompletableFuture<T> fetchSingle(Class<T> type);

    /** The only row that is left, as what a mapper makes of it; fails as {@link #fetchSingle()} does. */
    <T extends @Nullable Object> CompletableFuture<T> fetchSingle(RowMapper<T> mapper);

    /** The next rows, at most that number; empty if there are none any more. */
    CompletableFuture<Rows> fetchMany(int rows);

    /** The next rows as records, at most that number. */
    <T extends Record> CompletableFuture<List<T>> fetchMany(int rows, Class<T> type);

    /** The next rows as what a mapper makes of them, at most that number. */
    <T extends @Nullable Object> CompletableFuture<List<T>> fetchMany(int rows, RowMapper<T> mapper);

    /** The next rows as columns, at most that number, see {@link ServerCursor#fetchColumns}; null if there are none any more. */
    CompletableFuture<@Nullable ColumnBatch> fetchColumns(int batchSize);

    /** All rows that are left, within the bound of what is kept in memory. */
    CompletableFuture<Rows> fetchAll();

    /** All rows that are left, as records. */
    <T extends Record> CompletableFuture<List<T>> fetchAll(Class<T> type);

    /** All rows that are left, as what a mapper makes of them. */
    <T extends @Nullable Object> CompletableFuture<List<T>> fetchAll(RowMapper<T> mapper);

    /** The rows that are left when it is subscribed to, by one FETCH for each subscriber, as {@link AsyncClient#stream} gives those of a statement. */
    Flow.Publisher<Row> stream();

    /** As {@link #stream()}, of records. */
    <T extends Record> Flow.Publisher<T> stream(Class<T> type);

    /** As {@link #stream()}, of what a mapper makes of the rows. */
    <T> Flow.Publisher<T> stream(RowMapper<T> mapper);

    /**
     * The number of the row that was fetched last, or that it was moved to, counted from 1; 0 before the first, and -1 where it is not known, see
     * {@link ServerCursor#rowNumber}, and once rows were streamed. It is that of the calls whose futures are done.
     */
    long rowNumber();

    /** How many rows the last FETCH has given whose future is done; -1 before the first. Those of streams do not count. */
    long rowCount();

    /** The server's command tag of that FETCH, or of the DECLARE before it; null where nothing was run. */
    @Nullable
    String statusMessage();

    /** The text that it was declared for last, as it was given; null if that was elsewhere. */
    @Nullable
    String query();

    /** Whether it was closed here. */
    boolean isClosed();

    /** Moves it, see {@link ServerCursor#scroll}; gives whether there is a row at the place. */
    CompletableFuture<Boolean> scroll(int rows, ScrollMode mode);

    /** Closes it on the server. Where that has none of the name any more, nothing happens. */
    CompletableFuture<@Nullable Void> close();
}
