package dev.pgwire.internal.answer;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.observe.StatementRun;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import dev.pgwire.observe.StatementKind;
import org.jspecify.annotations.Nullable;

/** A statement that is listened to: it ends with its results, which may come long after their first rows. */
public final class WatchedResults extends Procedure<Results> {
    private final StatementKind kind;
    private final String sql;
    private final Procedure<Results> statement;
    private @Nullable StatementRun run;

    private WatchedResults(Dispatch dispatch, StatementKind kind, String sql, Procedure<Results> statement) {
        super(dispatch);
        this.kind = kind;
        this.sql = sql;
        this.statement = statement;
    }

    /**
     * The statement itself, if nothing listens.
     *
     * @param kind null if it is none of the program's
     */
    public static Procedure<Results> of(
            Dispatch dispatch, @Nullable StatementKind kind, String sql, Procedure<Results> statement) {
        return kind != null && dispatch.isWatched() ? new WatchedResults(dispatch, kind, sql, statement) : statement;
    }

    /** The statement once more, listened to as well; null if it is not to be run again. */
    @Nullable
    Procedure<Results> again(PgException failure) {
        return statement instanceof Execution execution && execution.mayRunAgain(failure)
                ? new WatchedResults(dispatch(), kind, sql, execution.again())
                : null;
    }

    @Override
    protected boolean mayWrite() {
        return statement.isWriting();
    }

    @Override
    protected boolean proceed() {
        StatementRun running = run;
        if (running == null) {
            run = dispatch().starts(kind, sql);
            first(statement);
            return false;
        }
        try {
            Results results = statement.result();
            running.endsWith(results);
            return over(results);
        } catch (Throwable failure) {
            running.failed(failure);
            throw failure;
        }
    }
}
