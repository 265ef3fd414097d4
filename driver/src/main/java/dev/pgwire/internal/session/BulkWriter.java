package dev.pgwire.internal.session;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.exchange.Results;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Inserts any number of rows: decides the way when it has seen the first of them, and then sends chunk by chunk. */
final class BulkWriter {
    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    private final Dispatch dispatch;
    private final Preparation preparation;
    private final StatementRunner runner;
    private final FieldBuffer fields = new FieldBuffer();
    private final FieldBuffer arrays = new FieldBuffer();

    /** A writer that asks the server by a runner what it may do. */
    BulkWriter(Dispatch dispatch, Preparation preparation, StatementRunner runner) {
        this.dispatch = dispatch;
        this.preparation = preparation;
        this.runner = runner;
    }

    /** Inserts the rows; returns when the server has answered. */
    Results insert(InsertTarget target, Iterator<@Nullable Object[]> rows) {
        try {
            return encodeAndSend(target, rows);
        } finally {
            fields.clear();
            arrays.clear();
        }
    }

    private Results encodeAndSend(InsertTarget target, Iterator<@Nullable Object[]> source) {
        FirstAgain rows = new FirstAgain(source);
        PreparedStatement known = preparation.known(target.insertSql());
        if (known == null) {
            return encodeAndSend(target, preparation.described(target.insertSql()), rows);
        }
        try {
            return encodeAndSend(target, known, rows);
        } catch (DataException refused) {
            preparation.forget(known);
            if (!rows.isAtFirst()) {
                throw refused;
            }
            PreparedStatement now = preparation.describeOtherwise(known, refused);
            rows.again();
            return encodeAndSend(target, now, rows);
        }
    }

    private Results encodeAndSend(InsertTarget target, PreparedStatement insert, Iterator<@Nullable Object[]> rows) {
        InsertWay forced = target.forced();
        boolean refusesText = forced != null && forced != InsertWay.PIPELINED;
        check(target, insert, refusesText);
        RowChunk chunk = new RowChunk(fields, target.columns(), insert, refusesText);
        boolean some = rows.hasNext();
        boolean more = some && chunk.fill(rows, forced == null ? InsertWay.MOST_UNNEST : ANY_NUMBER);

        InsertWay way = forced == null
                ? InsertWay.choose(target, isBinary(insert) && !chunk.hasText(), chunk.rows(), more)
                : some ? forced : InsertWay.PIPELINED;
        InsertPermission permission = way == InsertWay.COPY || (way == InsertWay.UNNEST && forced == null)
                ? InsertPermission.ask(dispatch, runner, target, insert.parameterTypes())
                : InsertPermission.ALL;
        if (forced == null) {
            way = way.permitted(permission);
        } else if (!permission.types()) {
            preparation.forget(insert);
            throw new InterfaceException("the types of the columns " + target.columns() + " of " + target.table()
                    + " have changed since they were asked for, expected the same call once more");
        }
        PreparedStatement unnest = way == InsertWay.UNNEST ? unnest(target, insert) : null;
        ChunkEncoder encoder = new ChunkEncoder(insert, unnest, arrays);
        InsertSegment segment = new InsertSegment(dispatch, target, encoder, way == InsertWay.COPY);
        send(segment, chunk, more, rows);
        preparation.forgetsStale(encoder.statement(), segment.failure());
        if (!permission.types()) {
            preparation.forget(insert);
        }
        return segment.results();
    }

    /** While the server works on one chunk, the next one is encoded. */
    private void send(InsertSegment segment, RowChunk chunk, boolean follows, Iterator<@Nullable Object[]> rows) {
        boolean more = follows;
        try {
            segment.begin();
            segment.send(chunk, !more);
            while (more && segment.failure() == null) {
                more = chunk.fill(rows, ANY_NUMBER);
                segment.awaitRoom();
                segment.send(chunk, !more);
            }
        } catch (Throwable unusable) {
            segment.abandon(unusable);
            throw unusable;
        }
        segment.finish();
    }

    private PreparedStatement unnest(InsertTarget target, PreparedStatement insert) {
        List<String> types = IntStream.range(0, target.columns().size())
                .mapToObj(insert::parameterTypeName)
                .toList();
        return preparation.described(target.unnestSql(types));
    }

    private static boolean isBinary(PreparedStatement insert) {
        return Arrays.stream(insert.parameterCodecs()).allMatch(Objects::nonNull);
    }

    private static void check(InsertTarget target, PreparedStatement insert, boolean mustBeBinary) {
        int parameters = insert.parameterTypes().length;
        if (parameters != target.columns().size()) {
            throw new InterfaceException("the insert into " + target.table() + " has " + parameters + " parameters for "
                    + target.columns().size() + " columns, expected ON CONFLICT and RETURNING without parameters");
        }
        if (mustBeBinary && !isBinary(insert)) {
            int column = Arrays.asList(insert.parameterCodecs()).indexOf(null);
            throw new InterfaceException(target.forced() + " writes values in binary, which for column \""
                    + target.columns().get(column) + "\" (" + insert.parameterTypeName(column)
                    + ") no codec can do, expected PIPELINED, or that the choice is left to the driver");
        }
    }
}
