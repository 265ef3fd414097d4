package dev.pgwire.internal.cursor;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.FirstRows;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Preparing;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.Request;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.internal.statement.ParameterCount;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.internal.statement.Route;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a statement up to the first rows of its first page. One that gives no rows by its nature is run as any other is. */
final class PortalOpening extends Procedure<Results> {
    private enum Phase {
        ROUTE,
        DESCRIBED,
        ANSWER,
        /** What the statement began was rolled back: it is run once more. */
        ROLLED_BACK,
        /** There is nothing to be read page by page. */
        DELEGATED
    }

    private final PagedPortal portal;
    private final @Nullable Object[] values;
    private Phase phase = Phase.ROUTE;
    private @Nullable Preparing preparing;
    private @Nullable Execution delegate;
    private @Nullable PortalExchange exchange;
    private Results results = new Results();
    /** The BEGIN that rides with it. */
    private @Nullable String begin;
    /** Whether the statement is all that is undone when it fails. */
    private boolean isAlone;
    /** Whether it is run for the second time. */
    private boolean isAgain;

    private @Nullable Procedure<?> rollback;

    PortalOpening(Dispatch dispatch, PagedPortal portal, @Nullable Object[] values) {
        super(dispatch);
        this.portal = portal;
        this.values = values;
    }

    @Override
    protected boolean ready() {
        PortalExchange asked = exchange;
        return phase != Phase.ANSWER
                || asked == null
                || FirstRows.areThere(results, dispatch())
                || (!asked.isSynced() && (asked.isSuspended() || asked.isOver()));
    }

    @Override
    protected boolean proceed() {
        switch (phase) {
            case ROUTE -> route();
            case DESCRIBED -> bind(Objects.requireNonNull(preparing).result());
            case ROLLED_BACK -> {
                Objects.requireNonNull(rollback).result();
                startOver();
            }
            case DELEGATED -> {
                return over(Objects.requireNonNull(delegate).result());
            }
            case ANSWER -> {
                return answered(Objects.requireNonNull(exchange));
            }
        }
        return false;
    }

    private void route() {
        Route route = dispatch().preparation().route(portal.sql(), values.length);
        if (route instanceof PreparedStatement known && known.lacksTypes()) {
            dispatch().preparation().forget(known);
            route = dispatch().preparation().route(portal.sql(), values.length);
        }
        SqlShape shape = route.shape();
        if (route instanceof Route.Several || !shape.isOptimizable() || !shape.returnsRows()) {
            phase = Phase.DELEGATED;
            delegate = first(new Execution(dispatch(), portal.sql(), values));
        } else if (route instanceof PreparedStatement known) {
            try {
                bind(known);
            } catch (DataException refused) {
                describe(Preparing.again(dispatch(), known, refused));
            }
        } else {
            ParameterCount.check(values.length);
            describe(Preparing.of(dispatch(), portal.sql(), shape));
        }
    }

    private void describe(Preparing step) {
        phase = Phase.DESCRIBED;
        preparing = first(step);
    }

    private void bind(PreparedStatement statement) {
        boolean alone = dispatch().isImplicitTransaction();
        begin = dispatch().due().now();
        isAlone = alone || begin != null;
        Request request = dispatch().bareRequest();
        dispatch().addCloses();
        dispatch().addBegin();
        portal.binds(statement);
        request.message(new Parse("", portal.sql(), statement.parameterTypes()));
        dispatch().parameters().bind(request.out(), portal.name(), statement, values);
        PortalResult result = new PortalResult(null, 0);
        PortalExchange asking = PortalExchange.opening(
                portal.sql(), statement, result, portal.size(), alone ? () -> {} : portal::completes);
        exchange = asking;
        request.message(new Describe(Target.PORTAL, portal.name()))
                .message(new Execute(portal.name(), portal.size()))
                .message(alone ? Command.FLUSH : Command.SYNC)
                .expect(asking);
        if (alone) {
            results = PortalRemainder.results(dispatch(), portal, asking);
        } else {
            asking.syncs();
            portal.asks(asking, result);
        }
        results.add(result);
        results.endWith(asking);
        dispatch().meaning().sends(statement.shape());
        phase = Phase.ANSWER;
        send(Flight.ANYTHING);
    }

    private boolean answered(PortalExchange asked) {
        if (!asked.isSynced() && asked.isOver()) {
            asked.syncs();
            dispatch().bareRequest().message(Command.SYNC);
            send(Flight.ANYTHING);
            return false;
        }
        if (!dispatch().preparation().forgetsStale(portal.statement(), results.failure()) || isAgain || !isAlone) {
            return over(results);
        }
        isAgain = true;
        exchange = null;
        results = new Results();
        if (begin == null || dispatch().server().transactionStatus() == TransactionStatus.IDLE) {
            startOver();
        } else {
            phase = Phase.ROLLED_BACK;
            rollback = first(OwnCommand.of(dispatch(), "ROLLBACK"));
        }
        return false;
    }

    private void startOver() {
        String again = begin;
        if (again != null) {
            dispatch().server().begunAnew();
            dispatch().due().once(again);
        }
        route();
    }
}
