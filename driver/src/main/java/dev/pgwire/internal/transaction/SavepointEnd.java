package dev.pgwire.internal.transaction;

import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import org.jspecify.annotations.Nullable;

/**
 * Ends a savepoint. One in which a statement has failed cannot be released: it is rolled back, as COMMIT does with a transaction, and
 * the end fails with the server's refusal.
 */
public final class SavepointEnd extends Procedure<@Nullable Void> {
    private enum Phase {
        BEGIN,
        RELEASED,
        ROLLED_BACK,
        RELEASED_EMPTY
    }

    private final String name;
    private final long mark;
    private final boolean keeps;
    private Phase phase = Phase.BEGIN;
    private @Nullable OwnCommand sent;
    /** Why it could not be released. */
    private @Nullable PgException refusal;

    private SavepointEnd(Dispatch dispatch, String name, long mark, boolean keeps) {
        super(dispatch);
        this.name = name;
        this.mark = mark;
        this.keeps = keeps;
    }

    /** The end of one whose work is kept. It fails if the transaction of that mark is not the one in progress. */
    public static Procedure<@Nullable Void> keeping(Dispatch dispatch, String name, long mark) {
        return new SavepointEnd(dispatch, name, mark, true);
    }

    /** The end of one whose work is undone. */
    public static Procedure<@Nullable Void> undoing(Dispatch dispatch, String name, long mark) {
        return new SavepointEnd(dispatch, name, mark, false);
    }

    /** The command that keeps the work of a savepoint. */
    public static String release(String name) {
        return "RELEASE SAVEPOINT " + name;
    }

    /** The command that undoes it, and leaves the savepoint. */
    public static String rollback(String name) {
        return "ROLLBACK TO SAVEPOINT " + name;
    }

    @Override
    protected boolean proceed() {
        switch (phase) {
            case BEGIN -> {
                dispatch().server().checkTransaction(mark);
                send(keeps ? release(name) : rollback(name), keeps ? Phase.RELEASED : Phase.ROLLED_BACK);
            }
            case RELEASED -> {
                try {
                    done();
                } catch (InFailedTransactionException failed) {
                    refusal = failed;
                    send(rollback(name), Phase.ROLLED_BACK);
                    return false;
                }
                return over(null);
            }
            case ROLLED_BACK -> {
                done();
                dispatch().server().savepointUndone();
                send(release(name), Phase.RELEASED_EMPTY);
            }
            case RELEASED_EMPTY -> {
                done();
                PgException why = refusal;
                if (why != null) {
                    throw why;
                }
                return over(null);
            }
        }
        return false;
    }

    private void send(String command, Phase then) {
        sent = first(OwnCommand.of(dispatch(), command));
        phase = then;
    }

    /** What goes wrong while it is undone comes with the reason why it had to be. */
    private void done() {
        OwnCommand command = sent;
        if (command == null) {
            throw new IllegalStateException("no command was sent, expected one");
        }
        try {
            command.result();
        } catch (PgException failed) {
            PgException why = refusal;
            if (why == null) {
                throw failed;
            }
            why.addSuppressed(failed);
            throw why;
        }
    }
}
