package dev.pgwire.internal.cursor;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.CloseExchange;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Target;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes a portal, which is what a cursor is to the protocol. Unlike SQL's CLOSE that is no error where there is none of the name, and
 * fails no transaction.
 */
final class PortalClosing extends Procedure<@Nullable Void> {
    private final String name;
    private final BooleanSupplier wanted;
    private final SyncExchange sync = new SyncExchange();
    private boolean asked;

    /**
     * A closing.
     *
     * @param wanted is asked once, when it is its turn
     */
    PortalClosing(Dispatch dispatch, String name, BooleanSupplier wanted) {
        super(dispatch);
        this.name = name;
        this.wanted = wanted;
    }

    @Override
    protected boolean ready() {
        return !asked || sync.isDone();
    }

    @Override
    protected boolean proceed() {
        if (asked) {
            PgException failure = sync.failure();
            if (failure != null) {
                throw failure;
            }
            return over(null);
        }
        if (!wanted.getAsBoolean()) {
            return over(null);
        }
        asked = true;
        dispatch()
                .bareRequest()
                .message(new Close(Target.PORTAL, name))
                .message(Command.SYNC)
                .expect(new CloseExchange())
                .expect(sync);
        send(Flight.ANYTHING);
        return false;
    }
}
