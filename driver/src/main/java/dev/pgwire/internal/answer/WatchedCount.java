package dev.pgwire.internal.answer;

import dev.pgwire.internal.observe.StatementRun;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.observe.StatementKind;
import org.jspecify.annotations.Nullable;

/** A COPY that is listened to, which gives the number of its rows. */
public final class WatchedCount extends Procedure<Long> {
    private final StatementKind kind;
    private final String sql;
    private final Procedure<Long> copy;
    private @Nullable StatementRun run;

    private WatchedCount(Dispatch dispatch, StatementKind kind, String sql, Procedure<Long> copy) {
        super(dispatch);
        this.kind = kind;
        this.sql = sql;
        this.copy = copy;
    }

    /** The COPY itself, if nothing listens. */
    public static Procedure<Long> of(Dispatch dispatch, StatementKind kind, String sql, Procedure<Long> copy) {
        return dispatch.isWatched() ? new WatchedCount(dispatch, kind, sql, copy) : copy;
    }

    @Override
    protected boolean mayWrite() {
        return copy.isWriting();
    }

    @Override
    protected boolean proceed() {
        StatementRun running = run;
        if (running == null) {
            run = dispatch().starts(kind, sql);
            first(copy);
            return false;
        }
        try {
            Long rows = copy.result();
            running.ended(rows);
            return over(rows);
        } catch (Throwable failure) {
            running.failed(failure);
            throw failure;
        }
    }
}
