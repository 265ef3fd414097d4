package dev.pgwire.internal.async.cursor;

import dev.pgwire.ScrollMode;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.async.AsyncServerCursor;
import dev.pgwire.error.InterfaceException;
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
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import java.util.List;
import java.util.Objects;
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

        /** Whether it can be used no more, so that nothing is left to be closed. */
        boolean isOver();
    }

    private final Owner owner;
    private final Dispatch dispatch;
    private final ServerCursorOptions options;
    private final CursorSql sql;
    private final OpenCursor cursor;
    private volatile boolean closed;

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
        return run(
                query,
                new Declaration(Watched.of(
                        dispatch,
                        StatementKind.STATEMENT,
                        query,
                        cursor.declaring(dispatch, given.sql(), given.values().clone()))));
    }

    @Override
    public CompletableFuture<List<Column>> description() {
        return answer(cursor.columns(dispatch), answer -> Objects.requireNonNullElse(answer.description(), List.of()));
    }

    @Override
    public CompletableFuture<@Nullable Row> fetchOne() {
        return this.<@Nullable Row>answer(fetching(1), answer -> answer.first().orElse(null));
    }

    @Override
    public CompletableFuture<Rows> fetchMany(int rows) {
        if (rows < 0) {
            throw new InterfaceException("the number of rows is " + rows + ", expected at least 0");
        }
        return answer(rows == 0 ? cursor.columns(dispatch) : fetching(rows), Answer::rows);
    }

    @Override
    public CompletableFuture<Rows> fetchAll() {
        return fetchMany(CursorSql.ALL);
    }

    private Procedure<Results> fetching(int rows) {
        return WatchedResults.of(dispatch, StatementKind.FETCH, sql.fetch(rows), cursor.fetching(dispatch, rows));
    }

    private <T extends @Nullable Object> CompletableFuture<T> answer(
            Procedure<Results> fetch, Function<Answer, T> reading) {
        return run(sql.fetch(1), new WholeAnswer<>(dispatch, fetch, results -> reading.apply(WHOLE.apply(results))));
    }

    @Override
    public Flow.Publisher<Row> stream() {
        return owner.publish(sql.fetch(CursorSql.ALL), () -> {
            if (closed) {
                throw refusal();
            }
            return fetching(CursorSql.ALL);
        });
    }

    @Override
    public CompletableFuture<Boolean> scroll(int rows, ScrollMode mode) {
        Objects.requireNonNull(mode, "mode");
        return run(
                sql.moveTo(rows),
                mode == ScrollMode.ABSOLUTE
                        ? cursor.movingTo(dispatch, rows)
                        : cursor.movingBy(dispatch, Math.max(-Integer.MAX_VALUE, rows)));
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

    /** Gives the cursor that was declared. */
    private final class Declaration extends Procedure<AsyncServerCursor> {
        private final Procedure<@Nullable Void> inner;
        private boolean begun;

        Declaration(Procedure<@Nullable Void> inner) {
            super(dispatch);
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
            return over(LoopServerCursor.this);
        }
    }
}
