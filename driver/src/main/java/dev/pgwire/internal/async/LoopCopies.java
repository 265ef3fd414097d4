package dev.pgwire.internal.async;

import dev.pgwire.CopyProgress;
import dev.pgwire.internal.answer.OpenedAnswer;
import dev.pgwire.internal.answer.Watched;
import dev.pgwire.internal.answer.WatchedResults;
import dev.pgwire.internal.copy.CopyingIn;
import dev.pgwire.internal.copy.CopyingOut;
import dev.pgwire.internal.copy.PublishedSource;
import dev.pgwire.internal.copy.RowWriting;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.internal.transaction.InTransaction;
import dev.pgwire.observe.StatementKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a connection copies to the server and from there.
 *
 * @param mark of the transaction that a COPY is to be part of
 */
record LoopCopies(LoopSession session, @Nullable Duration deadline, long mark) {
    private CopyStatement statement(String sql, CopyStatement.Direction direction) {
        Objects.requireNonNull(sql, "sql");
        return CopyStatement.of(sql, direction, session.server().hasBackslashEscapes());
    }

    /** Copies in what a publisher gives. */
    Function<LoopCopies, CompletableFuture<Long>> in(
            String sql, Flow.Publisher<ByteBuffer> buffers, CopyProgress progress) {
        Objects.requireNonNull(buffers, "buffers");
        Objects.requireNonNull(progress, "progress");
        CopyStatement statement = statement(sql, CopyStatement.Direction.FROM_STDIN);
        return now -> {
            Dispatch dispatch = now.session.dispatch();
            return now.run(
                    sql,
                    new CopyingIn(
                            dispatch,
                            statement,
                            new PublishedSource(buffers, dispatch.wake()),
                            bytes -> progress.moved(bytes, 0)));
        };
    }

    /** Copies out raw data, for each subscriber. */
    Function<LoopCopies, CompletableFuture<Results>> out(String sql) {
        CopyStatement statement = statement(sql, CopyStatement.Direction.TO_STDOUT);
        return now -> now.stream(CopyingOut.chunks(now.session.dispatch(), statement), sql);
    }

    /** Copies rows in. */
    Function<LoopCopies, CompletableFuture<Long>> rowsIn(String sql, Iterable<?> rows, CopyProgress progress) {
        Objects.requireNonNull(progress, "progress");
        CopyStatement statement = statement(sql, CopyStatement.Direction.FROM_STDIN);
        return now ->
                now.run(sql, RowWriting.whole(now.session.dispatch(), statement, rows.iterator(), progress::moved));
    }

    /** Copies rows out, for each subscriber. */
    Function<LoopCopies, CompletableFuture<Results>> rowsOut(String sql) {
        CopyStatement statement = statement(sql, CopyStatement.Direction.TO_STDOUT);
        return now -> now.stream(CopyingOut.rows(now.session.dispatch(), statement), sql);
    }

    private CompletableFuture<Long> run(String sql, Procedure<Long> procedure) {
        return session.run(in(Watched.counting(session.dispatch(), StatementKind.COPY_IN, sql, procedure)), deadline);
    }

    private CompletableFuture<Results> stream(Procedure<Results> procedure, String sql) {
        return session.run(
                new OpenedAnswer(
                        session.dispatch(),
                        in(WatchedResults.of(session.dispatch(), StatementKind.COPY_OUT, sql, procedure)),
                        sql),
                deadline);
    }

    private <T> Procedure<T> in(Procedure<T> procedure) {
        return mark == ServerState.ANY_TRANSACTION
                ? procedure
                : new InTransaction<>(session.dispatch(), mark, procedure);
    }
}
