package dev.pgwire.internal.cursor;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import org.jspecify.annotations.Nullable;

/** Moves a cursor of the server, and gives whether it is on a row then: the tag counts the row that a FETCH would have given. */
final class Moving extends Procedure<Boolean> {
    private static final @Nullable Object[] NO_VALUES = {};

    private final OpenCursor cursor;
    private final Execution move;
    private boolean begun;

    Moving(Dispatch dispatch, OpenCursor cursor, String sql) {
        super(dispatch);
        this.cursor = cursor;
        this.move = new Execution(dispatch, sql, NO_VALUES);
    }

    @Override
    protected boolean proceed() {
        if (!begun) {
            begun = true;
            cursor.check(dispatch().server());
            first(move);
            return false;
        }
        Results results = move.result();
        results.throwFailure();
        cursor.placed(false);
        Result moved = results.current();
        return over(moved != null && moved.rowCount() > 0);
    }
}
