package dev.pgwire.internal.session;

// HOT: 200,000 inserts, and 256 point selects, in one executeMany

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.BatchExchange;
import dev.pgwire.internal.exchange.Remainder;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One statement for many sets of values, in one segment. It leaves in parts, each when the socket has room, and what the
 * server answers is read meanwhile: neither side ever waits for the other to read first.
 */
final class Batch implements Remainder {
    /** The server works on one part while the next one is written. */
    private static final int PART = 64 * 1024;

    private final Dispatch dispatch;
    private final PreparedStatement statement;
    private final Iterator<@Nullable Object[]> sets;
    private final Results results;
    private final BatchExchange exchange;
    /** Whether the server would commit the sets that were sent when the Sync comes. */
    private final boolean implicit;

    private boolean begun;
    /** Whether the exchange waits for answers. */
    private boolean expected;

    private boolean ended;

    private Batch(
            Dispatch dispatch,
            PreparedStatement statement,
            Iterator<@Nullable Object[]> sets,
            Results results,
            boolean implicit) {
        this.dispatch = dispatch;
        this.statement = statement;
        this.sets = sets;
        this.results = results;
        this.exchange = new BatchExchange(statement.sql(), results, statement.plan());
        this.implicit = implicit;
        results.dependOn(this);
    }

    /** A batch that begins a segment. */
    static Batch of(
            Dispatch dispatch, PreparedStatement statement, Iterator<@Nullable Object[]> sets, Results results) {
        return new Batch(dispatch, statement, sets, results, dispatch.isImplicitTransaction());
    }

    /** A batch in a segment that was begun to describe the statement. */
    static Batch goingOn(
            Dispatch dispatch,
            PreparedStatement statement,
            Iterator<@Nullable Object[]> sets,
            Results results,
            boolean implicit) {
        Batch batch = new Batch(dispatch, statement, sets, results, implicit);
        batch.begun = true;
        return batch;
    }

    @Override
    public void send(BooleanSupplier enough) {
        Transport transport = dispatch.transport();
        while (!ended) {
            dispatch.await(() -> transport.hasRoom() || enough.getAsBoolean());
            if (enough.getAsBoolean()) {
                return;
            }
            sendPart();
            transport.poll();
        }
    }

    private void sendPart() {
        Request request = expecting(begun ? dispatch.beginAlone() : dispatch.begin());
        boolean more = exchange.failure() == null;
        int added = 0;
        try {
            refuseCancelled(more);
            more = more && sets.hasNext();
            while (more && request.out().readableBytes() < PART) {
                dispatch.parameters().bind(request.out(), statement, sets.next());
                request.message(Dispatch.EXECUTE);
                added++;
                more = sets.hasNext();
            }
            refuseCancelled(exchange.failure() == null);
        } catch (Throwable unusable) {
            ended = true;
            if (begun) {
                abandon(unusable);
            }
            throw unusable;
        }
        if (!more) {
            request.message(Command.SYNC);
            exchange.expectSync();
        }
        exchange.expectExecutions(added);
        dispatch.send(Dispatch.Flight.ANYTHING);
        begun = true;
        expected = true;
        ended = !more;
    }

    /** The server waits for the rest, and ignores a cancel request meanwhile. */
    private void refuseCancelled(boolean goesOn) {
        if (begun && goesOn && dispatch.isCancelled()) {
            throw dispatch.cancelled();
        }
    }

    private Request expecting(Request request) {
        return expected ? request : request.expect(exchange);
    }

    /**
     * A set of values cannot be written. Outside a transaction the Sync would commit those that were sent before: a portal
     * that does not exist makes the server roll them back, as it does what was cancelled inside a transaction.
     */
    private void abandon(Throwable why) {
        Request request = expecting(dispatch.beginAlone());
        if ((implicit && expected) || dispatch.isCancelled()) {
            request.message(new Execute("pgwire_abandoned_batch", 0));
        }
        exchange.expectSync();
        request.message(Command.SYNC).send();
        results.abandon(
                why instanceof PgException failure
                        ? failure
                        : new InterfaceException(
                                "the sets of values ended with " + why + ", expected all of them", why));
        dispatch.await(exchange::isDone);
    }
}
