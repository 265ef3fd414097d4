package dev.pgwire.internal.insert;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.CopyInExchange;
import dev.pgwire.internal.exchange.InsertExchange;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.Request;
import dev.pgwire.internal.request.Segment;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.SqlName;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Parse;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows chunk by chunk in one segment: the server keeps all of them, or none. While the server works on one chunk, the
 * next one is encoded. When a COPY has ended, Binds may follow in its segment.
 */
final class InsertSending extends Procedure<Results> {
    private enum Phase {
        BEGIN,
        /** The server has been sent COPY, and asks for its data. */
        COPY,
        CHUNK,
        /** The next chunk is there, and waits for room. */
        NEXT_CHUNK,
        ANSWER,
        ABANDONED
    }

    private static final int[] UNTYPED = {};
    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    private final InsertTarget target;
    private final ChunkEncoder encoder;
    private final RowChunk chunk;
    private final Iterator<@Nullable Object[]> rows;
    private final Results results = new Results();
    private final Result result;
    private final InsertExchange exchange;
    private final Segment segment;
    private Phase phase = Phase.BEGIN;
    private @Nullable CopyInExchange copy;
    /** Whether the rows go as data of a COPY. */
    private boolean copying;
    /** Whether rows follow those of the chunk. */
    private boolean more;

    private @Nullable Throwable unusable;

    /**
     * Sends the rows of a chunk, and those that follow.
     *
     * @param copying whether they go as data of a COPY
     * @param more whether any follow
     */
    InsertSending(
            Dispatch dispatch,
            InsertTarget target,
            ChunkEncoder encoder,
            boolean copying,
            RowChunk chunk,
            boolean more,
            Iterator<@Nullable Object[]> rows) {
        super(dispatch);
        this.target = target;
        this.encoder = encoder;
        this.copying = copying;
        this.chunk = chunk;
        this.more = more;
        this.rows = rows;
        PreparedStatement statement = encoder.statement();
        this.result = new Result(statement.plan());
        this.exchange = new InsertExchange(statement.sql(), results, result, statement);
        this.segment = Segment.of(dispatch, exchange);
    }

    @Override
    protected boolean ready() {
        CopyInExchange begun = copy;
        return switch (phase) {
            case COPY -> begun == null || begun.isAskedForData() || exchange.failure() != null;
            case NEXT_CHUNK -> dispatch().transport().hasRoom();
            case ANSWER, ABANDONED -> exchange.isDone();
            default -> true;
        };
    }

    @Override
    protected boolean proceed() {
        Throwable why = unusable;
        if (phase == Phase.ABANDONED) {
            throw unchecked(why == null ? new IllegalStateException("abandoned without a reason") : why);
        }
        if (phase == Phase.ANSWER) {
            return over(results);
        }
        try {
            go();
        } catch (Throwable failed) {
            if (!segment.isBegun()) {
                throw failed;
            }
            unusable = failed;
            abandon(failed);
        }
        return false;
    }

    private void go() {
        switch (phase) {
            case BEGIN -> {
                if (copying) {
                    startCopy();
                } else {
                    sendChunk();
                }
            }
            case COPY, NEXT_CHUNK -> sendChunk();
            case CHUNK -> {
                if (exchange.failure() == null) {
                    takeChunk();
                    phase = Phase.NEXT_CHUNK;
                } else {
                    endWithoutRows();
                }
            }
            case ANSWER, ABANDONED -> throw new IllegalStateException("nothing is to be sent any more");
        }
    }

    /** The source may take as long as it likes. */
    private void takeChunk() {
        dispatch().leaves();
        try {
            more = chunk.fill(rows, ANY_NUMBER);
        } finally {
            dispatch().comesBack();
        }
    }

    /** Sends COPY alone, since the server must ask for its data. Every other way starts with its first rows. */
    private void startCopy() {
        String sql = target.copySql();
        CopyInExchange begun = new CopyInExchange(
                sql, SqlName.inCatalog(target.table()), result, target.columns().size());
        copy = begun;
        segment.firstPartBehind(begun)
                .message(new Parse("", sql, UNTYPED))
                .message(new Bind("", "", List.of(), List.of(), List.of()))
                .message(Dispatch.EXECUTE);
        segment.adds(0);
        phase = Phase.COPY;
        send(Flight.ANYTHING);
    }

    /** With the last rows goes what ends it all. */
    private void sendChunk() {
        if (exchange.failure() != null) {
            endWithoutRows();
            return;
        }
        segment.refuseCancelled();
        Request request = segment.part();
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
        if (!more) {
            if (copying) {
                encoder.endCopy(request);
            }
            segment.end(request);
        }
        segment.adds(executions);
        phase = more ? Phase.CHUNK : Phase.ANSWER;
        send(Flight.ANYTHING);
    }

    /** The server has refused what came so far. */
    private void endWithoutRows() {
        if (!segment.isEnded()) {
            segment.end(segment.part());
            segment.adds(0);
            send(Flight.ANYTHING);
        }
        phase = Phase.ANSWER;
    }

    /** There is something wrong with the rows. What the server has of them must not stay. */
    private void abandon(Throwable reason) {
        phase = Phase.ABANDONED;
        if (!segment.isEnded()) {
            segment.fail(
                    copying
                            ? new CopyFail(
                                    "the rows ended with " + reason.getClass().getName())
                            : Segment.FAIL);
            send(Flight.ANYTHING);
        }
    }

    /** Why the server does not take any more, or null. */
    @Nullable
    PgException failure() {
        return exchange.failure();
    }
}
