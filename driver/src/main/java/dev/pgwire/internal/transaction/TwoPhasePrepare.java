package dev.pgwire.internal.transaction;

import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import org.jspecify.annotations.Nullable;

/** Prepares the two-phase transaction that is in progress. */
public final class TwoPhasePrepare extends Procedure<@Nullable Void> {
    private final TwoPhase state;
    private @Nullable OwnCommand sent;

    /** The first phase. */
    public TwoPhasePrepare(Dispatch dispatch, TwoPhase state) {
        super(dispatch);
        this.state = state;
    }

    @Override
    protected boolean proceed() {
        OwnCommand command = sent;
        if (command == null) {
            String name = state.current("tpcPrepare()");
            if (state.isPrepared()) {
                throw new InterfaceException(
                        "the transaction is prepared already, expected tpcCommit() or tpcRollback()");
            }
            sent = first(OwnCommand.of(dispatch(), TwoPhase.command("PREPARE TRANSACTION", name)));
            return false;
        }
        if ("ROLLBACK".equals(TransactionEnd.tag(command.result()))) {
            state.ends();
            throw new InFailedTransactionException(
                    SqlState.IN_FAILED_SQL_TRANSACTION,
                    "the transaction was rolled back and not prepared, because a statement in it had failed or had ended it;"
                            + " expected tpcRollback() after an error",
                    null);
        }
        state.prepared();
        return over(null);
    }
}
