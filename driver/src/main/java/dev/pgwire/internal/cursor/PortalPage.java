package dev.pgwire.internal.cursor;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.FirstRows;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;

/** Another page of a portal that is suspended in a transaction, up to its first rows. */
final class PortalPage extends Procedure<Results> {
    private final PagedPortal portal;
    private final Results results = new Results();
    private boolean asked;

    PortalPage(Dispatch dispatch, PagedPortal portal) {
        super(dispatch);
        this.portal = portal;
    }

    @Override
    protected boolean ready() {
        return !asked || FirstRows.areThere(results, dispatch());
    }

    @Override
    protected boolean proceed() {
        if (asked) {
            return over(results);
        }
        asked = true;
        portal.check();
        PortalResult result = new PortalResult(portal.plan(), portal.before());
        PortalExchange exchange =
                PortalExchange.goingOn(portal.sql(), portal.statement(), result, portal.size(), portal::completes);
        exchange.syncs();
        results.add(result);
        results.endWith(exchange);
        dispatch()
                .bareRequest()
                .message(new Execute(portal.name(), portal.size()))
                .message(Command.SYNC)
                .expect(exchange);
        portal.asks(exchange, result);
        send(Flight.STATEMENT);
        return false;
    }
}
