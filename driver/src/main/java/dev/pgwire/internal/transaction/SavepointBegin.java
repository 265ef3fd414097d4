package dev.pgwire.internal.transaction;

import dev.pgwire.internal.request.BeginNow;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import org.jspecify.annotations.Nullable;

/** Begins a savepoint, behind the BEGIN that is due; gives the mark of its transaction. */
public final class SavepointBegin extends Procedure<Long> {
    private final String name;
    private @Nullable BeginNow begin;
    private @Nullable OwnCommand savepoint;

    private SavepointBegin(Dispatch dispatch, String name) {
        super(dispatch);
        this.name = name;
    }

    /** The begin of a savepoint of that name. */
    public static Procedure<Long> of(Dispatch dispatch, String name) {
        return new SavepointBegin(dispatch, name);
    }

    /** The command. */
    public static String command(String name) {
        return "SAVEPOINT " + name;
    }

    @Override
    protected boolean proceed() {
        BeginNow begun = begin;
        OwnCommand sent = savepoint;
        if (begun == null) {
            begin = first(new BeginNow(dispatch()));
        } else if (sent == null) {
            begun.result();
            savepoint = first(OwnCommand.of(dispatch(), command(name)));
        } else {
            sent.result();
            return over(dispatch().server().endedTransactions());
        }
        return false;
    }
}
