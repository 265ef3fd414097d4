package dev.pgwire.internal.async;

import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rows of a statement, which is run anew for each subscriber: when it subscribes, behind what was asked for before. Of several
 * results the rows are those of the first. May be used by any thread.
 *
 * <p>The statement is what {@link LoopSession#stream} returns. To cancel its future must cancel the statement.
 */
public final class RowPublisher<T> implements Flow.Publisher<T> {
    private final LoopSession session;
    private final Supplier<CompletableFuture<Results>> statement;
    private final Function<RowPlan, RowTaker<T>> takers;

    private RowPublisher(
            LoopSession session,
            Supplier<CompletableFuture<Results>> statement,
            Function<RowPlan, RowTaker<T>> takers) {
        this.session = session;
        this.statement = statement;
        this.takers = takers;
    }

    /** Publishes the rows, which may be kept. */
    public static RowPublisher<Row> rows(LoopSession session, Supplier<CompletableFuture<Results>> statement) {
        return new RowPublisher<>(session, statement, RowTaker.rows());
    }

    /** Publishes records. */
    public static <T extends Record> RowPublisher<T> records(
            LoopSession session, Supplier<CompletableFuture<Results>> statement, Class<T> type) {
        return new RowPublisher<>(session, statement, RowTaker.records(type));
    }

    /** Publishes what a mapper makes of the rows, which it may keep. */
    public static <T> RowPublisher<T> mapped(
            LoopSession session, Supplier<CompletableFuture<Results>> statement, RowMapper<T> mapper) {
        return new RowPublisher<>(session, statement, RowTaker.mapped(mapper));
    }

    /** Publishes the only column of the rows, as buffers that may be kept. */
    public static RowPublisher<ByteBuffer> buffers(
            LoopSession session, Supplier<CompletableFuture<Results>> statement) {
        return new RowPublisher<>(session, statement, RowTaker.buffers());
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        new RowSubscription<T>(session, takers, subscriber).begin(subscriber, statement);
    }
}
