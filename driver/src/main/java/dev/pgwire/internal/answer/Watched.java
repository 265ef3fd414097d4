package dev.pgwire.internal.answer;

import dev.pgwire.internal.observe.StatementRun;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.observe.StatementKind;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Something of the program that is listened to, and ends with its procedure.
 *
 * @param <T> what comes of it
 */
public final class Watched<T extends @Nullable Object> extends Procedure<T> {
    private final StatementKind kind;
    private final String sql;
    private final Procedure<T> inner;
    private final ToLongFunction<T> rows;
    private @Nullable StatementRun run;

    private Watched(Dispatch dispatch, StatementKind kind, String sql, Procedure<T> inner, ToLongFunction<T> rows) {
        super(dispatch);
        this.kind = kind;
        this.sql = sql;
        this.inner = inner;
        this.rows = rows;
    }

    /** The procedure itself, if nothing listens; else one that tells what it gives as the number of its rows. */
    public static Procedure<Long> counting(Dispatch dispatch, StatementKind kind, String sql, Procedure<Long> inner) {
        return dispatch.isWatched() ? new Watched<>(dispatch, kind, sql, inner, Long::longValue) : inner;
    }

    /** The procedure itself, if nothing listens; else one that counts no rows. */
    public static <T extends @Nullable Object> Procedure<T> of(
            Dispatch dispatch, StatementKind kind, String sql, Procedure<T> inner) {
        return dispatch.isWatched() ? new Watched<>(dispatch, kind, sql, inner, result -> -1) : inner;
    }

    @Override
    protected boolean mayWrite() {
        return inner.isWriting();
    }

    @Override
    protected boolean proceed() {
        StatementRun running = run;
        if (running == null) {
            run = dispatch().starts(kind, sql);
            first(inner);
            return false;
        }
        try {
            T result = inner.result();
            running.ended(rows.applyAsLong(result));
            return over(result);
        } catch (Throwable failure) {
            running.failed(failure);
            throw failure;
        }
    }
}
