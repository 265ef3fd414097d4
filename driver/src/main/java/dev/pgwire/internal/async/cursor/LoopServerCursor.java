package dev.pgwire.internal.async.cursor;

import dev.pgwire.ScrollMode;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.async.AsyncServerCursor;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.answer.KeptAnswer;
import dev.pgwire.internal.answer.Watched;
import dev.pgwire.internal.answer.WatchedResults;
import dev.pgwire.internal.answer.WholeAnswer;
import dev.pgwire.internal.cursor.OpenCursor;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.CursorSql;
import dev.pgwire.internal.sql.Given;
import dev.pgwire.observe.StatementKind;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Column;
import dev.pgwire.row.ColumnBatch;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.Rows;
import dev.pgwire.sql.Composable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cursor of the server on a connection that lives on a shared event loop. */
public final class LoopServerCursor implements AsyncServerCursor {
    private static final Function<Results, Answer> WHOLE = KeptAnswer::of;

    /** What it is of: a connection or a transaction. */
    public interface Owner {
        /** Runs a procedure behind what was asked for before. */
        <T extends @Nullable Object> CompletableFuture<T> run(String sql, Procedure<T> procedure);

        /** Publishes the rows of a procedure, which is made for each subscriber. */
        Flow.Publisher<Row> publish(String sql, Supplier<Procedure<Results>> procedures);

        /** The same as records. */
        <T extends Record> Flow.Publisher<T> publish(
                String sql, Supplier<Procedure<Results>> procedures, Class<T> type);

        /** The same as what a mapper makes of them. */
        <T> Flow.Publisher<T> publish(String sql, Supplier<Procedure<Results>> procedures, RowMapper<T> mapper);

        /** A query that was composed as text. */
        String text(Composable query);

        /** Whether it can be used no more, so that nothing is left to be closed. */
        boolean isOver();
    }

    private final Owner owner;
    private final Dispatch dispatch;
    private final ServerCursorOptions options;
    private final CursorSql sql;
    private final OpenCursor cursor;
    private final Place place = new Place();
    private volatile boolean closed;
    /** What it was declared for; null if that was elsewhere. */
    private volatile @Nullable String query;
    /** The answer of the last FETCH, but for its rows; null before the first. */
    private volatile @Nullable Last last;

    /** A cursor of which nothing is known but its name. */
    public LoopServerCursor(Owner owner, Dispatch dispatch, String name, ServerCursorOptions options) {
        this.owner = owner;
        this.dispatch = dispatch;
        this.options = options;
        this.sql = CursorSql.of(name);
        this.cursor = new OpenCursor(sql, options.clause(), options.isHold());
    }

    @Override
    public String name() {
        return sql.name();
    }

    @Override
    public boolean isScrollable() {
        return options.isScrollable();
    }

    @Override
    public boolean isHold() {
        return options.isHold();
    }

    @Override
    public CompletableFuture<AsyncServerCursor> execute(String query, @Nullable Object... values) {
        Given given = Given.of(query, values, dispatch.server().hasBackslashEscapes());
        Procedure<@Nullable Void> declaring = Watched.of(
                dispatch,
                StatementKind.STATEMENT,
                query,
                cursor.declaring(dispatch, given.sql(), given.values().clone()));
        return run(query, new Declaration(query, declaring));
    }

    @Override
    public CompletableFuture<AsyncServerCursor> execute(Composable query, @Nullable Object... values) {
        String text;
        try {
            text = owner.text(query);
        } catch (PgException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return execute(text, values);
    }

    @Override
    public CompletableFuture<List<Column>> description() {
        return answer(cursor.columns(dispatch), answer -> Objects.requireNonNullElse(answer.description(), List.of()));
    }

    @Override
    public CompletableFuture<@Nullable Row> fetchOne() {
        return this.<@Nullable Row>fetch(1, answer -> answer.first().orElse(null));
    }

    @Override
    public <T extends Record> CompletableFuture<@Nullable T> fetchOne(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return this.<@Nullable T>fetch(1, answer -> answer.first(type).orElse(null));
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<@Nullable T> fetchOne(RowMapper<T> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return this.<@Nullable T>fetch(1, answer -> {
            Row row = answer.first().orElse(null);
            return row == null ? null : mapper.map(row);
        });
    }

    @Override
    public CompletableFuture<Optional<Row>> fetchOptional() {
        return fetch(1, Answer::first);
    }

    @Override
    public <T extends Record> CompletableFuture<Optional<T>> fetchOptional(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return fetch(1, answer -> answer.first(type));
    }

    @Override
    public <T> CompletableFuture<Optional<T>> fetchOptional(RowMapper<T> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return fetch(1, answer -> answer.first(mapper));
    }

    @Override
    public <T> CompletableFuture<@Nullable T> fetchScalar(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return this.<@Nullable T>fetch(1, answer -> answer.scalar(type));
    }

    @Override
    public CompletableFuture<Row> fetchSingle() {
        return fetch(2, Answer::single);
    }

    @Override
    public <T extends Record> CompletableFuture<T> fetchSingle(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return fetch(2, answer -> answer.single(type));
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> fetchSingle(RowMapper<T> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return fetch(2, answer -> answer.single(mapper));
    }

    @Override
    public CompletableFuture<Rows> fetchMany(int rows) {
        return fetch(rows, Answer::rows);
    }

    @Override
    public <T extends Record> CompletableFuture<List<T>> fetchMany(int rows, Class<T> type) {
        Objects.requireNonNull(type, "type");
        return fetch(rows, answer -> answer.rows(type));
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<List<T>> fetchMany(int rows, RowMapper<T> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return fetch(rows, answer -> answer.rows(mapper));
    }

    @Override
    public CompletableFuture<@Nullable ColumnBatch> fetchColumns(int batchSize) {
        if (batchSize < 1) {
            throw new InterfaceException("the size of a batch is " + batchSize + ", expected at least 1");
        }
        return this.<@Nullable ColumnBatch>fetch(batchSize, answer -> answer.rowCount() == 0 ? null : answer.columns());
    }

    @Override
    public CompletableFuture<Rows> fetchAll() {
        return fetchMany(CursorSql.ALL);
    }

    @Override
    public <T extends Record> CompletableFuture<List<T>> fetchAll(Class<T> type) {
        return fetchMany(CursorSql.ALL, type);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<List<T>> fetchAll(RowMapper<T> mapper) {
        return fetchMany(CursorSql.ALL, mapper);
    }

    private Procedure<Results> fetching(int rows) {
        return WatchedResults.of(dispatch, StatementKind.FETCH, sql.fetch(rows), cursor.fetching(dispatch, rows));
    }

    private <T extends @Nullable Object> CompletableFuture<T> fetch(int rows, Function<Answer, T> reading) {
        if (rows < 0) {
            throw new InterfaceException("the number of rows is " + rows + ", expected at least 0");
        }
        return rows == 0
                ? answer(cursor.columns(dispatch), reading)
                : answer(fetching(rows), answer -> {
                    place.fetched(rows, answer.rowCount());
                    last = new Last(answer.rowCount(), answer.statusMessage());
                    return reading.apply(answer);
                });
    }

    private <T extends @Nullable Object> CompletableFuture<T> answer(
            Procedure<Results> fetch, Function<Answer, T> reading) {
        return run(sql.fetch(1), new Followed<>(new WholeAnswer<>(dispatch, fetch, WHOLE), reading));
    }

    @Override
    public Flow.Publisher<Row> stream() {
        return owner.publish(sql.fetch(CursorSql.ALL), this::streaming);
    }

    @Override
    public <T extends Record> Flow.Publisher<T> stream(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return owner.publish(sql.fetch(CursorSql.ALL), this::streaming, type);
    }

    @Override
    public <T> Flow.Publisher<T> stream(RowMapper<T> mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return owner.publish(sql.fetch(CursorSql.ALL), this::streaming, mapper);
    }

    /** All rows for one subscriber, who may take less of them than the server goes over. */
    private Procedure<Results> streaming() {
        if (closed) {
            throw refusal();
        }
        return new Followed<>(fetching(CursorSql.ALL), results -> {
            place.isLost();
            return results;
        });
    }

    @Override
    public CompletableFuture<Boolean> scroll(int rows, ScrollMode mode) {
        Objects.requireNonNull(mode, "mode");
        if (mode == ScrollMode.ABSOLUTE) {
            return run(sql.moveTo(rows), new Followed<>(cursor.movingTo(dispatch, rows), there -> {
                place.movedTo(rows, there);
                return there;
            }));
        }
        int by = Math.max(-Integer.MAX_VALUE, rows);
        return run(sql.moveBy(by), new Followed<>(cursor.movingBy(dispatch, by), there -> {
            place.movedBy(by, there);
            return there;
        }));
    }

    @Override
    public long rowNumber() {
        return place.row();
    }

    @Override
    public long rowCount() {
        Last fetched = last;
        return fetched == null ? -1 : fetched.rows();
    }

    @Override
    public @Nullable String statusMessage() {
        Last fetched = last;
        return fetched != null ? fetched.tag() : query == null ? null : "DECLARE CURSOR";
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public CompletableFuture<@Nullable Void> close() {
        boolean before = closed;
        closed = true;
        return before || owner.isOver()
                ? CompletableFuture.<@Nullable Void>completedFuture(null)
                : owner.<@Nullable Void>run("CLOSE " + sql.quoted(), cursor.closing(dispatch));
    }

    private <T extends @Nullable Object> CompletableFuture<T> run(String text, Procedure<T> procedure) {
        return closed ? CompletableFuture.failedFuture(refusal()) : owner.run(text, procedure);
    }

    private InterfaceException refusal() {
        return new InterfaceException("the cursor " + sql.quoted() + " is closed, expected an open one");
    }

    @Override
    public String toString() {
        return "AsyncServerCursor[" + sql.quoted() + (closed ? ", closed" : "") + "]";
    }

    /** What the last FETCH has given. */
    private record Last(long rows, @Nullable String tag) {}

    /** Gives the cursor that was declared. */
    private final class Declaration extends Procedure<AsyncServerCursor> {
        private final String text;
        private final Procedure<@Nullable Void> inner;
        private boolean begun;

        Declaration(String text, Procedure<@Nullable Void> inner) {
            super(dispatch);
            this.text = text;
            this.inner = inner;
        }

        @Override
        protected boolean proceed() {
            if (!begun) {
                begun = true;
                first(inner);
                return false;
            }
            inner.result();
            query = text;
            last = null;
            place.begins();
            return over(LoopServerCursor.this);
        }
    }

    /** Does something with what comes of a procedure, in its turn; where that fails, it is not known where the cursor is. */
    private final class Followed<T, R extends @Nullable Object> extends Procedure<R> {
        private final Procedure<T> inner;
        private final Function<T, R> then;
        private boolean begun;

        Followed(Procedure<T> inner, Function<T, R> then) {
            super(dispatch);
            this.inner = inner;
            this.then = then;
        }

        @Override
        protected boolean proceed() {
            if (!begun) {
                begun = true;
                first(inner);
                return false;
            }
            T given;
            try {
                given = inner.result();
            } catch (Throwable failed) {
                place.isLost();
                throw failed;
            }
            return over(then.apply(given));
        }
    }
}
