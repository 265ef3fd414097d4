package dev.pgwire.internal.upkeep;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.transaction.TransactionEnd;
import org.jspecify.annotations.Nullable;

/**
 * Clears away what a user of a session has left unfinished: rolls a transaction back, forgets the notices and their listener. Where there is
 * nothing it costs no round trip. Gives whether a statement may have left something in the session that outlives its transaction.
 */
public final class Cleaning extends Procedure<Boolean> {
    private @Nullable Procedure<@Nullable String> rollback;

    private final Runnable begins;

    private Cleaning(Dispatch dispatch, Runnable begins) {
        super(dispatch);
        this.begins = begins;
    }

    /**
     * The cleaning of a session that has nothing open and nothing queued.
     *
     * @param begins is run first, when it is its turn
     */
    public static Procedure<Boolean> of(Dispatch dispatch, Runnable begins) {
        return new Cleaning(dispatch, begins);
    }

    @Override
    protected boolean proceed() {
        Procedure<@Nullable String> rolledBack = rollback;
        if (rolledBack == null) {
            begins.run();
            dispatch().due().always(null);
            rollback = first(TransactionEnd.of(dispatch(), "ROLLBACK", ServerState.ANY_TRANSACTION));
            return false;
        }
        rolledBack.result();
        dispatch().server().reset();
        return over(dispatch().meaning().takeTraces());
    }
}
