package dev.pgwire.internal.cursor;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.Remainder;
import dev.pgwire.internal.request.Request;
import dev.pgwire.internal.request.UnfinishedResults;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Target;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a portal outside of a transaction, each asked for when it is wanted. The segment stays open until then: its Sync would
 * commit, and end the portal.
 */
final class PortalRemainder implements Remainder {
    private final Dispatch dispatch;
    private final PagedPortal portal;
    private final PortalExchange exchange;
    private final Results results = new UnfinishedResults(this);

    private PortalRemainder(Dispatch dispatch, PagedPortal portal, PortalExchange exchange) {
        this.dispatch = dispatch;
        this.portal = portal;
        this.exchange = exchange;
    }

    /** Results of which a part is asked for as they are read. */
    static Results results(Dispatch dispatch, PagedPortal portal, PortalExchange exchange) {
        return new PortalRemainder(dispatch, portal, exchange).results;
    }

    @Override
    public Procedure<@Nullable Void> until(BooleanSupplier enough) {
        return new Asking(enough);
    }

    /** The portal is closed then. */
    @Override
    public boolean endsWhenForgotten() {
        return true;
    }

    private final class Asking extends Procedure<@Nullable Void> {
        private final BooleanSupplier enough;
        /** How many rows are asked for next: more each time, for a reader who wants more than a page. */
        private int rows = portal.size();

        Asking(BooleanSupplier enough) {
            super(dispatch);
            this.enough = enough;
        }

        @Override
        protected boolean ready() {
            return exchange.isSynced() || exchange.isOver() || exchange.isSuspended() || enough.getAsBoolean();
        }

        @Override
        protected boolean proceed() {
            if (exchange.isSynced()) {
                return over(null);
            }
            if (exchange.isOver()) {
                end(dispatch.bareRequest());
            } else if (enough.getAsBoolean()) {
                return over(null);
            } else {
                goOn();
            }
            return false;
        }

        private void goOn() {
            if (dispatch.isCancelled()) {
                // The server ignores a cancel request while it waits for more.
                results.reject(dispatch.cancelled());
                results.discard();
            }
            Request request = dispatch.bareRequest();
            if (results.isDiscarded()) {
                exchange.closes();
                end(request.message(new Close(Target.PORTAL, portal.name())));
                return;
            }
            exchange.executes(rows);
            request.message(new Execute(portal.name(), rows)).message(Command.FLUSH);
            rows = Math.min(rows, Integer.MAX_VALUE / 2) * 2;
            send(Flight.ANYTHING);
        }

        private void end(Request request) {
            request.message(Command.SYNC);
            exchange.syncs();
            send(Flight.ANYTHING);
        }
    }
}
