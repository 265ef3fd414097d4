package dev.pgwire.internal.session;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.CopyInExchange;
import dev.pgwire.internal.exchange.InsertExchange;
import dev.pgwire.internal.exchange.Result;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segment in which rows are inserted, from the first message to the Sync: the server keeps all of them, or none. When a
 * COPY has ended, Binds may follow in it.
 */
final class InsertSegment {
    /** A portal that does not exist fails the segment; its Sync alone would commit what was sent. */
    private static final Execute FAIL = new Execute("pgwire_abandoned_insert", 0);

    private static final int[] UNTYPED = {};

    private final Dispatch dispatch;
    private final InsertTarget target;
    private final ChunkEncoder encoder;
    private final Results results = new Results();
    private final Result result;
    private final InsertExchange exchange;
    private boolean copying;
    private boolean begun;
    private boolean ended;

    /** A segment of which nothing was sent, for one way of inserting. */
    InsertSegment(Dispatch dispatch, InsertTarget target, ChunkEncoder encoder, boolean copying) {
        this.dispatch = dispatch;
        this.target = target;
        this.encoder = encoder;
        this.copying = copying;
        this.result = new Result(encoder.statement().plan());
        PreparedStatement statement = encoder.statement();
        this.exchange = new InsertExchange(statement.sql(), results, result, statement);
    }

    Results results() {
        return results;
    }

    /** Why the server does not take any more, or null. */
    @Nullable
    PgException failure() {
        return exchange.failure();
    }

    /** A COPY is begun, and waited for until the server asks for its data; every other way begins with its first rows. */
    void begin() {
        if (!copying) {
            return;
        }
        String sql = target.copySql();
        CopyInExchange copy = new CopyInExchange(
                sql, SqlName.inCatalog(target.table()), result, target.columns().size());
        dispatch.begin()
                .message(new Parse("", sql, UNTYPED))
                .message(new Bind("", "", List.of(), List.of(), List.of()))
                .message(Dispatch.EXECUTE)
                .expect(copy)
                .expect(exchange);
        dispatch.send(Dispatch.Flight.ANYTHING);
        begun = true;
        dispatch.await(() -> copy.isAskedForData() || failure() != null);
    }

    /** Sends rows; with the last ones goes what ends it all. */
    void send(RowChunk chunk, boolean last) {
        if (failure() != null) {
            return;
        }
        if (begun && dispatch.isCancelled()) {
            throw dispatch.cancelled();
        }
        Request request = begun ? dispatch.beginAlone() : dispatch.begin().expect(exchange);
        if (copying && chunk.hasText()) {
            encoder.endCopy(request);
            copying = false;
        }
        int executions = 0;
        if (copying) {
            encoder.copy(request, chunk);
            exchange.places().skip(chunk.rows());
        } else {
            executions = encoder.insert(request, chunk, exchange.places());
        }
        if (last) {
            end(request);
        }
        exchange.expectExecutions(executions);
        dispatch.send(Dispatch.Flight.ANYTHING);
        begun = true;
    }

    /** Waits until the socket keeps up, and reads what the server has said meanwhile. */
    void awaitRoom() {
        dispatch.await(dispatch.transport()::hasRoom);
        dispatch.transport().poll();
    }

    /** Ends it, unless that was sent already, and waits until the server has answered. */
    void finish() {
        if (!ended) {
            end(dispatch.beginAlone());
            dispatch.send(Dispatch.Flight.ANYTHING);
        }
        dispatch.await(exchange::isDone);
    }

    /** There is something wrong with the rows. What the server has of them must not stay. */
    void abandon(Throwable reason) {
        if (!begun) {
            return;
        }
        if (!ended) {
            ended = true;
            exchange.expectSync();
            dispatch.beginAlone()
                    .message(
                            copying
                                    ? new CopyFail("the rows ended with "
                                            + reason.getClass().getName())
                                    : FAIL)
                    .message(Command.SYNC);
            dispatch.send(Dispatch.Flight.ANYTHING);
        }
        dispatch.await(exchange::isDone);
    }

    private void end(Request request) {
        if (copying && failure() == null) {
            encoder.endCopy(request);
        }
        request.message(Command.SYNC);
        exchange.expectSync();
        ended = true;
    }
}
