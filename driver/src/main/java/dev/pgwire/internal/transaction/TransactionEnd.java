package dev.pgwire.internal.transaction;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.TransactionStatus;
import org.jspecify.annotations.Nullable;

/** Ends the transaction that is in progress by COMMIT or ROLLBACK, if there is one; gives the server's tag, null if there was nothing to end. */
public final class TransactionEnd extends Procedure<@Nullable String> {
    private final String command;
    private final long mark;
    /** Null if its outcome is not looked up. */
    private final @Nullable CommitWatch watch;

    private @Nullable OwnCommand question;
    private @Nullable OwnCommand ending;

    private TransactionEnd(Dispatch dispatch, String command, long mark, @Nullable CommitWatch watch) {
        super(dispatch);
        this.command = command;
        this.mark = mark;
        this.watch = watch;
    }

    /**
     * An end.
     *
     * @param command COMMIT or ROLLBACK
     * @param mark of the transaction that should be the one in progress; the end fails if it is another one, or none
     */
    public static Procedure<@Nullable String> of(Dispatch dispatch, String command, long mark) {
        return new TransactionEnd(dispatch, command, mark, null);
    }

    /**
     * The same.
     *
     * @param watch of a COMMIT, before which the server tells what its outcome can be looked up by; null if that is not to be
     */
    public static Procedure<@Nullable String> of(
            Dispatch dispatch, String command, long mark, @Nullable CommitWatch watch) {
        return new TransactionEnd(dispatch, command, mark, watch);
    }

    @Override
    protected boolean proceed() {
        OwnCommand sent = ending;
        if (sent != null) {
            return over(tag(sent.result()));
        }
        OwnCommand asked = question;
        CommitWatch watched = watch;
        if (watched != null && asked != null) {
            watched.answered(asked.result());
            watched.sends();
            ending = first(OwnCommand.of(dispatch(), command));
            return false;
        }
        dispatch().server().checkTransaction(mark);
        dispatch().due().clear();
        if (dispatch().server().transactionStatus() == TransactionStatus.IDLE) {
            return over(null);
        }
        if (watched != null && dispatch().server().transactionStatus() != TransactionStatus.FAILED) {
            watched.begins();
            question = first(OwnCommand.asking(dispatch(), CommitWatch.QUESTION));
            return false;
        }
        ending = first(OwnCommand.of(dispatch(), command));
        return false;
    }

    static @Nullable String tag(Results results) {
        Result result = results.current();
        return result == null ? null : result.tag();
    }
}
