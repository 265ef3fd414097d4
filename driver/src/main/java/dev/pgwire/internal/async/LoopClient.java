package dev.pgwire.internal.async;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.CopyProgress;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.async.AsyncClient;
import dev.pgwire.async.AsyncLargeObjects;
import dev.pgwire.async.AsyncPipeline;
import dev.pgwire.async.AsyncServerCursor;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.answer.KeptAnswer;
import dev.pgwire.internal.answer.OpenedAnswer;
import dev.pgwire.internal.answer.WatchedResults;
import dev.pgwire.internal.answer.WholeAnswer;
import dev.pgwire.internal.async.cursor.LoopServerCursor;
import dev.pgwire.internal.async.object.Asking;
import dev.pgwire.internal.async.object.LoopObjects;
import dev.pgwire.internal.call.Calling;
import dev.pgwire.internal.call.Casting;
import dev.pgwire.internal.insert.InsertRows;
import dev.pgwire.internal.insert.InsertTarget;
import dev.pgwire.internal.insert.InsertWay;
import dev.pgwire.internal.loop.LoopFuture;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.internal.sql.Given;
import dev.pgwire.internal.sql.ParameterSets;
import dev.pgwire.internal.statement.ValueLiterals;
import dev.pgwire.internal.transaction.InTransaction;
import dev.pgwire.internal.verify.Describing;
import dev.pgwire.observe.StatementKind;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.StatementDescription;
import dev.pgwire.sql.Composable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a connection and a transaction have in common: statements, each for the transaction of a mark, if there is one. */
abstract class LoopClient implements AsyncClient, LoopServerCursor.Owner {
    private static final Function<Results, Answer> WHOLE = KeptAnswer::of;
    private static final CopyProgress SILENT = (bytes, rows) -> {};

    /** The connection that does it. */
    abstract LoopConnection loopConnection();

    /** The mark of the transaction that a statement is to be part of. */
    abstract long mark();

    /** Why nothing can be asked for any more; null while it can. */
    abstract @Nullable InterfaceException refusal();

    /** Takes note of what was asked for. */
    <T extends @Nullable Object> CompletableFuture<T> asked(CompletableFuture<T> future) {
        return future;
    }

    private LoopSession session() {
        return loopConnection().session();
    }

    @Override
    public CompletableFuture<Answer> execute(String sql, @Nullable Object... values) {
        return execute(sql, values, WHOLE);
    }

    @Override
    public String literal(@Nullable Object value) {
        return literals().literal(value);
    }

    @Override
    public String mogrify(String sql, @Nullable Object... values) {
        return literals().mogrify(sql, values, session().server().hasBackslashEscapes());
    }

    private ValueLiterals literals() {
        checkUsable();
        return new ValueLiterals(session().dispatch().types());
    }

    private void checkUsable() {
        InterfaceException refusal = refusal();
        if (refusal != null) {
            throw refusal;
        }
        session().dispatch().transport().checkOpen();
    }

    @Override
    public <T extends Record> CompletableFuture<List<T>> query(Class<T> type, String sql, @Nullable Object... values) {
        Objects.requireNonNull(type, "type");
        return execute(sql, values, results -> KeptAnswer.of(results).rows(type));
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<List<T>> query(
            RowMapper<T> mapper, String sql, @Nullable Object... values) {
        Objects.requireNonNull(mapper, "mapper");
        return execute(sql, values, results -> KeptAnswer.of(results).rows(mapper));
    }

    private <T> CompletableFuture<T> execute(
            String sql, @Nullable Object @Nullable [] values, Function<Results, T> reading) {
        return execute(given(sql, values), reading);
    }

    <T extends @Nullable Object> CompletableFuture<T> execute(Given given, Function<Results, T> reading) {
        InterfaceException refusal = refusal();
        loopConnection().runs(given.sql());
        return refusal != null
                ? failed(refusal)
                : asked(session()
                        .execute(given.sql(), given.values(), loopConnection().deadline(), mark(), reading));
    }

    @Override
    public CompletableFuture<Answer> executeSimple(String sql) {
        Objects.requireNonNull(sql, "sql");
        InterfaceException refusal = refusal();
        return refusal != null
                ? failed(refusal)
                : asked(session().query(sql, loopConnection().deadline(), mark(), WHOLE));
    }

    @Override
    public CompletableFuture<Answer> callProc(String name, @Nullable Object... values) {
        return call(name, Calling.of(session().dispatch(), loopConnection().routines(), name, values));
    }

    @Override
    public CompletableFuture<Answer> callProc(String name, Map<String, ?> values) {
        return call(name, Calling.named(session().dispatch(), loopConnection().routines(), name, values));
    }

    private CompletableFuture<Answer> call(String name, Calling calling) {
        Procedure<Results> told = WatchedResults.of(session().dispatch(), StatementKind.CALL, name, calling);
        return run("CALL " + name, new WholeAnswer<>(session().dispatch(), told, WHOLE));
    }

    @Override
    public CompletableFuture<Answer> executeMany(String sql, Iterable<?> sets) {
        Objects.requireNonNull(sql, "sql");
        InterfaceException refusal = refusal();
        if (refusal != null) {
            return failed(refusal);
        }
        ParameterSets values = new ParameterSets(sql, sets, session().server().hasBackslashEscapes());
        return asked(
                session().executeMany(values.sql(), values, loopConnection().deadline(), mark(), WHOLE));
    }

    @Override
    public CompletableFuture<Answer> insertMany(BulkInsert insert, Iterable<?> rows) {
        InsertTarget target = InsertTarget.of(
                insert.table(),
                insert.columns(),
                insert.conflict(),
                insert.returning(),
                insert.way() == BulkWay.AUTOMATIC
                        ? null
                        : InsertWay.valueOf(insert.way().name()));
        InterfaceException refusal = refusal();
        return refusal != null
                ? failed(refusal)
                : asked(session()
                        .insertMany(
                                target,
                                new InsertRows(insert.columns(), rows.iterator()),
                                loopConnection().deadline(),
                                mark(),
                                WHOLE));
    }

    @Override
    public Flow.Publisher<Row> stream(String sql, @Nullable Object... values) {
        return RowPublisher.rows(session(), streaming(sql, values));
    }

    @Override
    public <T extends Record> Flow.Publisher<T> stream(Class<T> type, String sql, @Nullable Object... values) {
        Objects.requireNonNull(type, "type");
        return RowPublisher.records(session(), streaming(sql, values), type);
    }

    @Override
    public <T> Flow.Publisher<T> stream(RowMapper<T> mapper, String sql, @Nullable Object... values) {
        Objects.requireNonNull(mapper, "mapper");
        return RowPublisher.mapped(session(), streaming(sql, values), mapper);
    }

    /** What runs a statement for each subscriber. */
    private Supplier<CompletableFuture<Results>> streaming(String sql, @Nullable Object @Nullable [] values) {
        Given given = given(sql, values);
        @Nullable Object[] kept = given.values().clone();
        return () -> {
            InterfaceException refusal = refusal();
            loopConnection().runs(given.sql());
            return refusal != null
                    ? failed(refusal)
                    : asked(session().stream(given.sql(), kept, loopConnection().deadline(), mark()));
        };
    }

    private LoopCopies copies() {
        return new LoopCopies(session(), loopConnection().deadline(), mark());
    }

    private <T> CompletableFuture<T> copy(String sql, Function<LoopCopies, CompletableFuture<T>> copying) {
        InterfaceException refusal = refusal();
        loopConnection().runs(sql);
        return refusal != null ? failed(refusal) : asked(copying.apply(copies()));
    }

    @Override
    public CompletableFuture<Long> copyIn(String sql, Flow.Publisher<ByteBuffer> buffers) {
        return copyIn(sql, buffers, SILENT);
    }

    @Override
    public CompletableFuture<Long> copyIn(String sql, Flow.Publisher<ByteBuffer> buffers, CopyProgress progress) {
        return copy(sql, copies().in(sql, buffers, progress));
    }

    @Override
    public Flow.Publisher<ByteBuffer> copyOut(String sql) {
        Function<LoopCopies, CompletableFuture<Results>> copying = copies().out(sql);
        return RowPublisher.buffers(session(), () -> copy(sql, copying));
    }

    @Override
    public CompletableFuture<Long> copyRows(String sql, Iterable<?> rows) {
        return copyRows(sql, rows, SILENT);
    }

    @Override
    public CompletableFuture<Long> copyRows(String sql, Iterable<?> rows, CopyProgress progress) {
        return copy(sql, copies().rowsIn(sql, rows, progress));
    }

    @Override
    public Flow.Publisher<Row> copyRows(String sql) {
        Function<LoopCopies, CompletableFuture<Results>> copying = copies().rowsOut(sql);
        return RowPublisher.rows(session(), () -> copy(sql, copying));
    }

    @Override
    public CompletableFuture<@Nullable Object> cast(int oid, @Nullable String text) {
        Casting casting = new Casting(session().dispatch(), oid, text);
        if (isOver() || !casting.isAtHand()) {
            return this.<@Nullable Object>run("cast", casting);
        }
        LoopFuture<@Nullable Object> cast = new LoopFuture<>();
        try {
            cast.complete(casting.value());
        } catch (RuntimeException none) {
            cast.completeExceptionally(none);
        }
        return cast;
    }

    @Override
    public CompletableFuture<StatementDescription> describe(String sql) {
        return run(sql, new Describing(session().dispatch(), sql));
    }

    @Override
    public AsyncServerCursor cursor(String name, ServerCursorOptions options) {
        InterfaceException refusal = refusal();
        if (refusal != null) {
            throw refusal;
        }
        session().dispatch().transport().checkOpen();
        return new LoopServerCursor(this, session().dispatch(), name, options);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> run(String sql, Procedure<T> procedure) {
        InterfaceException refusal = refusal();
        loopConnection().runs(sql);
        return refusal != null
                ? failed(refusal)
                : asked(session()
                        .run(
                                new InTransaction<>(session().dispatch(), mark(), procedure),
                                loopConnection().deadline()));
    }

    @Override
    public Flow.Publisher<Row> publish(String sql, Supplier<Procedure<Results>> procedures) {
        return RowPublisher.rows(session(), opening(sql, procedures));
    }

    @Override
    public <T extends Record> Flow.Publisher<T> publish(
            String sql, Supplier<Procedure<Results>> procedures, Class<T> type) {
        return RowPublisher.records(session(), opening(sql, procedures), type);
    }

    @Override
    public <T> Flow.Publisher<T> publish(String sql, Supplier<Procedure<Results>> procedures, RowMapper<T> mapper) {
        return RowPublisher.mapped(session(), opening(sql, procedures), mapper);
    }

    private Supplier<CompletableFuture<Results>> opening(String sql, Supplier<Procedure<Results>> procedures) {
        return () -> {
            InterfaceException refusal = refusal();
            loopConnection().runs(sql);
            if (refusal != null) {
                return failed(refusal);
            }
            // The opened answer is the outermost: by that the loop knows which answer is being read.
            Procedure<Results> fetch = new InTransaction<>(session().dispatch(), mark(), procedures.get());
            return asked(session()
                    .run(
                            new OpenedAnswer(session().dispatch(), fetch, sql),
                            loopConnection().deadline()));
        };
    }

    @Override
    public String text(Composable query) {
        return query.asString(this);
    }

    @Override
    public boolean isOver() {
        return refusal() != null || session().isClosed();
    }

    @Override
    public AsyncLargeObjects largeObjects() {
        checkUsable();
        return new LoopObjects(new Asking(
                session(),
                loopConnection().openObjects(),
                mark(),
                loopConnection()::deadline,
                this::refusal,
                this::asked,
                BlockingWork.executor()));
    }

    @Override
    public AsyncPipeline pipeline() {
        return new LoopPipeline(this);
    }

    @Override
    public CompletableFuture<AsyncTransaction> begin() {
        InterfaceException refusal = refusal();
        LoopTransactions transactions = loopConnection().transactions();
        return refusal != null ? failed(refusal) : transactions.begin(transactions.mode(), mark());
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> transaction(
            Function<AsyncTransaction, ? extends CompletionStage<T>> block) {
        return new TransactionBlockFuture<>(loopConnection(), block).after(begin());
    }

    /**
     * What a caller gives.
     *
     * @throws InterfaceException if the values do not fit the parameters' names
     */
    Given given(String sql, @Nullable Object @Nullable [] values) {
        return Given.of(sql, values, session().server().hasBackslashEscapes());
    }

    static <T extends @Nullable Object> CompletableFuture<T> failed(Throwable failure) {
        LoopFuture<T> failed = new LoopFuture<>();
        failed.completeExceptionally(failure);
        return failed;
    }
}
