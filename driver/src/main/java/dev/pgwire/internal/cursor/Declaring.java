package dev.pgwire.internal.cursor;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Procedure;
import org.jspecify.annotations.Nullable;

/** Declares a cursor of the server; one of its own that is open is closed before. */
final class Declaring extends Procedure<@Nullable Void> {
    private final OpenCursor cursor;
    private final String sql;
    private final Execution declaration;
    private @Nullable Procedure<@Nullable Void> closing;
    private boolean begun;

    Declaring(Dispatch dispatch, OpenCursor cursor, String sql, @Nullable Object[] values) {
        super(dispatch);
        this.cursor = cursor;
        this.sql = sql;
        this.declaration = new Execution(dispatch, sql, values);
    }

    @Override
    protected boolean proceed() {
        Procedure<@Nullable Void> before = closing;
        if (before == null) {
            if (!cursor.hold() && dispatch().isImplicitTransaction()) {
                throw new InterfaceException("the cursor " + cursor.sql().quoted()
                        + " would end with its statement, since no transaction is in progress; expected begin(),"
                        + " transaction(), autocommit(false), or a cursor declared with hold()");
            }
            if (dispatch().preparation().shape(sql).hasSeveralStatements()) {
                throw new InterfaceException(
                        "a second statement stands behind a semicolon, expected one query for the cursor "
                                + cursor.sql().quoted());
            }
            closing = first(cursor.closing(dispatch()));
            return false;
        }
        if (!begun) {
            before.result();
            begun = true;
            cursor.declares(dispatch().server());
            first(declaration);
            return false;
        }
        boolean declared = false;
        try {
            declaration.result().throwFailure();
            declared = true;
        } finally {
            if (!declared) {
                cursor.forget();
            }
        }
        return over(null);
    }
}
