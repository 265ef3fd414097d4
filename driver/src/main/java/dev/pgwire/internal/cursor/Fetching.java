package dev.pgwire.internal.cursor;

import dev.pgwire.internal.exchange.OneShotExchange;
import dev.pgwire.internal.exchange.QuestionExchange;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.internal.request.BeginNow;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.FirstRows;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.Request;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One FETCH, up to its first rows. It moves the cursor: whatever becomes of it, it is not sent a second time. */
final class Fetching extends Procedure<Results> {
    private static final byte[] UNNAMED = {};
    private static final int[] UNTYPED = {};
    private static final Format[] NO_VALUES = {};
    private static final Describe DESCRIBE = new Describe(Target.PORTAL, "");

    private enum Phase {
        COLUMNS,
        BEGIN,
        ASK,
        ANSWER
    }

    private final OpenCursor cursor;
    private final int rows;
    private final CursorColumns columns;
    private final BeginNow begin;
    private final Results results = new Results();
    private Phase phase = Phase.COLUMNS;
    /** Whether it is on a row before; null if that is not asked. */
    private @Nullable QuestionExchange looked;

    Fetching(Dispatch dispatch, OpenCursor cursor, int rows) {
        super(dispatch);
        this.cursor = cursor;
        this.rows = rows;
        this.columns = new CursorColumns(dispatch, cursor);
        this.begin = new BeginNow(dispatch);
    }

    @Override
    protected boolean ready() {
        return phase != Phase.ANSWER || FirstRows.areThere(results, dispatch());
    }

    @Override
    protected boolean mayWrite() {
        return phase != Phase.ANSWER || !isSent();
    }

    @Override
    protected boolean proceed() {
        switch (phase) {
            case COLUMNS -> {
                cursor.check(dispatch().server());
                phase = Phase.BEGIN;
                first(columns);
            }
            case BEGIN -> {
                columns.result();
                phase = Phase.ASK;
                first(begin);
            }
            case ASK -> {
                begin.result();
                phase = Phase.ANSWER;
                ask(Objects.requireNonNull(cursor.described()));
            }
            case ANSWER -> {
                cursor.placed(looked != null && isOffRows(looked.results()));
                return over(results);
            }
        }
        return false;
    }

    private void ask(PreparedStatement described) {
        String sql = cursor.sql().fetch(rows);
        Result result = new Result(null);
        SyncExchange sync = new SyncExchange();
        results.add(result);
        results.endWith(sync);
        cursor.fetches(results);
        Request request = dispatch().bareRequest();
        if (cursor.isToLook()) {
            look(request);
        }
        request.message(new Parse("", sql, UNTYPED));
        Bind.encode(request.out(), UNNAMED, NO_VALUES, 0, Unpooled.EMPTY_BUFFER, described.resultFormats());
        request.message(DESCRIBE)
                .message(Dispatch.EXECUTE)
                .message(Command.SYNC)
                .expect(OneShotExchange.parsing(sql, results, result, dispatch().transport(), described))
                .expect(sync);
        send(Flight.STATEMENT);
    }

    /** A MOVE by nothing counts the row that it is on, and goes with any cursor. */
    private void look(Request request) {
        String sql = cursor.sql().moveBy(0);
        looked = new QuestionExchange(sql, dispatch().transport(), dispatch().planner());
        request.message(new Parse("", sql, UNTYPED));
        Bind.encode(request.out(), UNNAMED, NO_VALUES, 0, Unpooled.EMPTY_BUFFER, NO_VALUES);
        request.message(DESCRIBE)
                .message(Dispatch.EXECUTE)
                .message(new Close(Target.STATEMENT, ""))
                .expect(looked);
    }

    private static boolean isOffRows(Results moved) {
        Result result = moved.current();
        return moved.failure() == null && result != null && result.rowCount() == 0;
    }
}
