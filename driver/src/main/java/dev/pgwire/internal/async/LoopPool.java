package dev.pgwire.internal.async;

// HOT: one choice for each statement

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.config.CallerStack;
import dev.pgwire.internal.answer.KeptAnswer;
import dev.pgwire.internal.pool.Held;
import dev.pgwire.internal.pool.Loan;
import dev.pgwire.internal.pool.Stock;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.internal.sql.Given;
import dev.pgwire.pool.AsyncPool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.Rows;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A pool for callers that do not wait: lanes, and connections on event loops that are lent. */
public final class LoopPool implements AsyncPool {
    private final PoolConfig config;
    private final Stock<Held> stock;
    private final Lanes lanes;
    private final LoopConnection.Describing describing;
    private final boolean tellsCallers;

    /** The asynchronous face of a pool. */
    public LoopPool(PoolConfig config, Stock<Held> stock, Lanes lanes, LoopConnection.Describing describing) {
        this.config = config;
        this.stock = stock;
        this.lanes = lanes;
        this.describing = describing;
        this.tellsCallers = config.connection().callerStack() == CallerStack.ON;
    }

    @Override
    public CompletableFuture<AsyncConnection> connection() {
        return connection(null);
    }

    private CompletableFuture<AsyncConnection> connection(@Nullable Duration within) {
        return new Acquiring().with(stock.borrowLater(BlockingWork.oneByOne(), tellsCallers, within), this::lend);
    }

    private LoopConnection lend(Loan<Held> loan) {
        return ((LentLoop) loan.held()).lend(stock, loan, describing);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> withConnection(
            Function<AsyncConnection, ? extends CompletionStage<T>> block) {
        return new LoanBlock<T>(block).with(connection());
    }

    @Override
    public CompletableFuture<Answer> execute(String sql, @Nullable Object... values) {
        return execute(sql, values, KeptAnswer::of);
    }

    @Override
    public CompletableFuture<Rows> fetchAll(String sql, @Nullable Object... values) {
        return execute(sql, values, results -> KeptAnswer.of(results).rows());
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
        Given given = Given.of(sql, values, false);
        long since = System.nanoTime();
        CompletableFuture<LoopSession> lane = lanes.takes(given.sql()) ? lanes.lane() : null;
        if (lane == null) {
            return alone(given, since, reading);
        }
        if (lane.isDone() && !lane.isCompletedExceptionally()) {
            return shared(lane.join(), given, since, reading);
        }
        Given kept = new Given(given.sql(), given.values().clone());
        Following<T> whole = new Following<>();
        whole.after(lane, (session, failure) -> {
            if (!whole.isDone()) {
                whole.last(session == null ? alone(kept, since, reading) : shared(session, kept, since, reading));
            }
        });
        return whole;
    }

    private <T> CompletableFuture<T> shared(
            LoopSession session, Given given, long since, Function<Results, T> reading) {
        if (session.isClosed()) {
            return alone(given, since, reading);
        }
        lanes.counts();
        return session.execute(
                given.sql(),
                given.values(),
                Lanes.left(config.deadline(), since),
                ServerState.ANY_TRANSACTION,
                reading);
    }

    private <T> CompletableFuture<T> alone(Given given, long since, Function<Results, T> reading) {
        Given kept = new Given(given.sql(), given.values().clone());
        LoanBlock<T> block = new LoanBlock<>(connection -> {
            prepare(connection, Lanes.left(config.deadline(), since));
            return ((LoopConnection) connection).execute(kept, reading);
        });
        return block.with(connection(Lanes.left(config.deadline(), since)));
    }

    @Override
    public Flow.Publisher<Row> stream(String sql, @Nullable Object... values) {
        Given given = streamed(sql, values);
        return lent(connection -> connection.stream(given.sql(), given.values()));
    }

    @Override
    public <T extends Record> Flow.Publisher<T> stream(Class<T> type, String sql, @Nullable Object... values) {
        Objects.requireNonNull(type, "type");
        Given given = streamed(sql, values);
        return lent(connection -> connection.stream(type, given.sql(), given.values()));
    }

    @Override
    public <T> Flow.Publisher<T> stream(RowMapper<T> mapper, String sql, @Nullable Object... values) {
        Objects.requireNonNull(mapper, "mapper");
        Given given = streamed(sql, values);
        return lent(connection -> connection.stream(mapper, given.sql(), given.values()));
    }

    private static Given streamed(String sql, @Nullable Object @Nullable [] values) {
        Given given = Given.of(sql, values, false);
        return new Given(given.sql(), given.values().clone());
    }

    private <T> Flow.Publisher<T> lent(Function<AsyncConnection, Flow.Publisher<T>> rows) {
        return new LentPublisher<>(() -> connection(config.deadline()), connection -> {
            prepare(connection, config.deadline());
            return rows.apply(connection);
        });
    }

    /** A connection for one statement, which commits by itself: nothing commits behind it. */
    private static void prepare(AsyncConnection connection, @Nullable Duration deadline) {
        connection.deadline(deadline);
        if (!connection.autocommit()) {
            connection.autocommit(true);
        }
    }

    @Override
    public String toString() {
        return "AsyncPool[" + config.name() + (stock.isClosed() ? ", closed" : "") + "]";
    }
}
