package dev.pgwire.internal.request;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.frontend.Command;
import org.jspecify.annotations.Nullable;

/**
 * Has the server describe a statement, and leaves the segment open: as long as there is no Sync, what is sent reaches the same
 * process of the server. The statement is kept if it may be. If the server refuses it, the segment is ended.
 */
final class PreparingInSegment extends Procedure<PreparedStatement> {
    private final String sql;
    private final SqlShape shape;
    private final PrepareExchange description;
    private String name = "";
    private boolean asked;
    private @Nullable SyncExchange end;

    PreparingInSegment(Dispatch dispatch, String sql, SqlShape shape) {
        super(dispatch);
        this.sql = sql;
        this.shape = shape;
        this.description = new PrepareExchange(sql);
    }

    @Override
    protected boolean ready() {
        SyncExchange sync = end;
        return !asked || (sync == null ? description.isAnswered() : sync.isDone());
    }

    @Override
    protected boolean proceed() {
        if (!asked) {
            asked = true;
            Preparation.requireText(sql);
            name = dispatch().preparation().mayBeKept(sql, shape)
                    ? dispatch().statements().nextName()
                    : "";
            dispatch().newRequest();
            dispatch().parseAndDescribe(name, sql).message(Command.FLUSH).expect(description);
            send(Flight.ANYTHING);
            return false;
        }
        SyncExchange sync = end;
        if (sync != null) {
            PgException failure = sync.failure();
            if (failure != null) {
                throw failure;
            }
            throw new IllegalStateException("the end of a segment that was to fail did not, expected a failure");
        }
        if (!description.hasFailed()) {
            Preparation preparation = dispatch().preparation();
            PreparedStatement statement = preparation.described(sql, shape, description);
            return over(preparation.remember(name.isEmpty() ? statement : statement.keptAs(name)));
        }
        sync = new SyncExchange();
        end = sync;
        dispatch().bareRequest().message(Command.SYNC).expect(sync);
        send(Flight.ANYTHING);
        return false;
    }
}
