package dev.pgwire.internal.transaction;

import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.server.ServerState;
import org.jspecify.annotations.Nullable;

/**
 * Ends a two-phase transaction: the connection's own, which need not be prepared, or one that was prepared anywhere. What the server
 * refuses to end is left as it is.
 */
public final class TwoPhaseEnd extends Procedure<@Nullable Void> {
    private final TwoPhase state;
    private final String command;
    private final @Nullable String prepared;
    private @Nullable OwnCommand second;
    private @Nullable Procedure<@Nullable String> single;

    /**
     * An end.
     *
     * @param command COMMIT or ROLLBACK
     * @param prepared the name of one that is prepared; null for that of the connection
     */
    public TwoPhaseEnd(Dispatch dispatch, TwoPhase state, String command, @Nullable String prepared) {
        super(dispatch);
        this.state = state;
        this.command = command;
        this.prepared = prepared;
    }

    private String call() {
        return (command.equals("COMMIT") ? "tpcCommit(" : "tpcRollback(") + (prepared == null ? ")" : "xid)");
    }

    @Override
    protected boolean proceed() {
        OwnCommand sent = second;
        Procedure<@Nullable String> ended = single;
        if (sent != null) {
            sent.result();
            state.ends();
            return over(null);
        }
        if (ended != null) {
            return ended(ended.result());
        }
        String name = prepared;
        if (name == null) {
            name = state.current(call());
            if (!state.isPrepared()) {
                // Whatever comes of it, the transaction is over then.
                state.ends();
                single = first(TransactionEnd.of(dispatch(), command, ServerState.ANY_TRANSACTION));
                return false;
            }
        } else {
            state.refuse(call());
        }
        TwoPhaseBegin.checkOutside(dispatch(), call());
        second = first(OwnCommand.of(dispatch(), TwoPhase.command(command + " PREPARED", name)));
        return false;
    }

    private boolean ended(@Nullable String tag) {
        if (command.equals("COMMIT") && !"COMMIT".equals(tag)) {
            throw tag == null
                    ? new InterfaceException("a statement has ended the transaction, expected tpcCommit() to do that")
                    : new InFailedTransactionException(
                            SqlState.IN_FAILED_SQL_TRANSACTION,
                            "the transaction was rolled back, because a statement in it had failed; expected tpcRollback()"
                                    + " after an error",
                            null);
        }
        return over(null);
    }
}
