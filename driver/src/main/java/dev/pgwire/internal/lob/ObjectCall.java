package dev.pgwire.internal.lob;

import dev.pgwire.internal.answer.KeptAnswer;
import dev.pgwire.internal.answer.WholeAnswer;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.row.Row;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function for large objects, when it may be called; what comes of it is one row.
 *
 * @param <T> what is made of the row
 */
final class ObjectCall<T extends @Nullable Object> extends Procedure<T> {
    private final Runnable check;
    private final Procedure<T> call;
    private boolean begun;

    /**
     * A call.
     *
     * @param check is run when it is its turn, and throws why it may not be made
     */
    ObjectCall(Dispatch dispatch, Runnable check, String sql, Object[] values, Function<Row, T> reading) {
        super(dispatch);
        this.check = check;
        this.call = new WholeAnswer<>(
                dispatch,
                new Execution(dispatch, sql, values),
                results -> reading.apply(KeptAnswer.of(results).single()));
    }

    @Override
    protected boolean mayWrite() {
        return call.isWriting();
    }

    @Override
    protected boolean proceed() {
        if (!begun) {
            begun = true;
            check.run();
            first(call);
            return false;
        }
        return over(call.result());
    }
}
