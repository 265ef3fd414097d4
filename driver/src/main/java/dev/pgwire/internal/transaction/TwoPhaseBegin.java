package dev.pgwire.internal.transaction;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.request.BeginNow;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.protocol.TransactionStatus;
import org.jspecify.annotations.Nullable;

/** Begins a two-phase transaction, at once: one in which nothing is done can be prepared, too. */
public final class TwoPhaseBegin extends Procedure<@Nullable Void> {
    private final TwoPhase state;
    private final String name;
    private final String begin;
    private @Nullable BeginNow sent;

    /**
     * A begin.
     *
     * @param begin the BEGIN of the connection's mode
     */
    public TwoPhaseBegin(Dispatch dispatch, TwoPhase state, String name, String begin) {
        super(dispatch);
        this.state = state;
        this.name = name;
        this.begin = begin;
    }

    @Override
    protected boolean proceed() {
        BeginNow begun = sent;
        if (begun == null) {
            state.refuse("tpcBegin()");
            checkOutside(dispatch(), "tpcBegin()");
            dispatch().due().once(begin);
            sent = first(new BeginNow(dispatch()));
            return false;
        }
        dispatch().due().clear();
        begun.result();
        state.begun(name);
        return over(null);
    }

    static void checkOutside(Dispatch dispatch, String what) {
        if (dispatch.due().isOnce() || dispatch.server().transactionStatus() != TransactionStatus.IDLE) {
            throw new InterfaceException(
                    what + " came while a transaction is in progress, expected commit() or rollback() before");
        }
    }
}
