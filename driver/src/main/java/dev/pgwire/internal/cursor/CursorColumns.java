package dev.pgwire.internal.cursor;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Preparing;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Outcome;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.statement.PreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a cursor of the server are, which is asked once, so that they come in binary. Gives an answer that has these
 * columns, and no rows.
 */
final class CursorColumns extends Procedure<Results> {
    private static final Outcome ASKED_FOR_NONE = new Outcome() {
        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public @Nullable PgException failure() {
            return null;
        }

        @Override
        public void whenDone(Runnable told) {
            throw new IllegalStateException("it has ended, expected that this is seen before");
        }
    };

    private final OpenCursor cursor;
    private @Nullable Preparing question;

    CursorColumns(Dispatch dispatch, OpenCursor cursor) {
        super(dispatch);
        this.cursor = cursor;
    }

    @Override
    protected boolean proceed() {
        Preparing asked = question;
        if (asked != null) {
            PreparedStatement described = asked.result();
            // Another cursor may have the name by the next time.
            dispatch().preparation().forget(described);
            if (described.plan() == null) {
                // That is no error to the server before it is to fetch something.
                throw new InterfaceException(
                        "the server has no cursor " + cursor.sql().quoted()
                                + ", expected one that was declared, or opened by a function, and that has not ended");
            }
            cursor.described(described);
        }
        PreparedStatement known = cursor.described();
        if (known != null) {
            return over(without(known));
        }
        cursor.check(dispatch().server());
        String sql = cursor.sql().fetch(1);
        question = first(Preparing.of(dispatch(), sql, dispatch().preparation().shape(sql)));
        return false;
    }

    private static Results without(PreparedStatement known) {
        Results none = new Results();
        Result result = new Result(known.plan());
        result.complete(null);
        none.add(result);
        none.endWith(ASKED_FOR_NONE);
        return none;
    }
}
