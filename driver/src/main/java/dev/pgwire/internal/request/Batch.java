package dev.pgwire.internal.request;

// HOT: 200,000 inserts, and 256 point selects, in one executeMany

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.BatchExchange;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.statement.PreparedStatement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One statement for many sets of values, in one segment. It leaves in parts, each when the socket has room, and what the
 * server answers is read meanwhile: neither side ever waits for the other to read first.
 */
final class Batch implements Remainder {
    private static final int USUAL_PART = 1024;

    private final Dispatch dispatch;
    private final PreparedStatement statement;
    private final Iterator<@Nullable Object[]> sets;
    private final Results results = new UnfinishedResults(this);
    private final BatchExchange exchange;
    private final Segment segment;
    /** Whether the server would commit the sets that were sent when the Sync comes. */
    private final boolean implicit;

    /** The part at hand. The request is the connection's, and gone if that is closed while the source is asked. */
    private final ByteBuf part = Unpooled.buffer(USUAL_PART);
    /** How many sets are in it. */
    private int executions;

    private boolean over;

    private Batch(
            Dispatch dispatch,
            PreparedStatement statement,
            Iterator<@Nullable Object[]> sets,
            boolean goesOn,
            boolean implicit) {
        this.dispatch = dispatch;
        this.statement = statement;
        this.sets = sets;
        this.exchange = new BatchExchange(statement.sql(), results, statement.plan());
        this.segment = goesOn ? Segment.goingOn(dispatch, exchange) : Segment.of(dispatch, exchange);
        this.implicit = implicit;
    }

    /** A batch that begins a segment. */
    static Batch of(Dispatch dispatch, PreparedStatement statement, Iterator<@Nullable Object[]> sets) {
        return new Batch(dispatch, statement, sets, false, dispatch.isImplicitTransaction());
    }

    /**
     * A batch in a segment that was begun to describe the statement.
     *
     * @param implicit whether the segment is a transaction of its own
     */
    static Batch goingOn(
            Dispatch dispatch, PreparedStatement statement, Iterator<@Nullable Object[]> sets, boolean implicit) {
        return new Batch(dispatch, statement, sets, true, implicit);
    }

    Results results() {
        return results;
    }

    @Override
    public Procedure<@Nullable Void> until(BooleanSupplier enough) {
        return new Sending(enough);
    }

    /** Writes the next part; returns whether it is the last. */
    private boolean writePart() {
        segment.refuseCancelled();
        part.clear();
        executions = 0;
        boolean more = exchange.failure() == null && takeSets();
        Request request = segment.part();
        request.out().writeBytes(part);
        segment.refuseCancelled();
        if (!more) {
            segment.end(request);
        }
        segment.adds(executions);
        return !more;
    }

    /** Takes sets up to the size of a part; returns whether there are more. The source may take as long as it likes. */
    private boolean takeSets() {
        dispatch.leaves();
        try {
            boolean more = sets.hasNext();
            while (more && part.readableBytes() < Segment.PART) {
                dispatch.parameters().execute(part, statement, sets.next());
                executions++;
                more = sets.hasNext();
            }
            return more;
        } finally {
            dispatch.comesBack();
        }
    }

    /**
     * A set of values cannot be written. Outside a transaction the Sync would commit those that were sent before, so the
     * segment is made to fail, as it is when it was cancelled inside a transaction.
     */
    private void writeEnd() {
        if ((implicit && segment.isExpected()) || dispatch.isCancelled()) {
            segment.fail(Segment.FAIL);
        } else {
            segment.end(segment.part());
            segment.adds(0);
        }
    }

    /** Sends part after part. */
    private final class Sending extends Procedure<@Nullable Void> {
        private final BooleanSupplier enough;
        private @Nullable Throwable unusable;

        Sending(BooleanSupplier enough) {
            super(dispatch);
            this.enough = enough;
        }

        @Override
        protected boolean ready() {
            return unusable != null
                    ? exchange.isDone()
                    : over || dispatch.transport().hasRoom() || enough.getAsBoolean();
        }

        @Override
        protected boolean proceed() {
            Throwable why = unusable;
            if (why != null) {
                throw unchecked(why);
            }
            if (over || enough.getAsBoolean()) {
                return over(null);
            }
            try {
                over = writePart();
            } catch (Throwable failed) {
                over = true;
                if (!segment.isBegun()) {
                    throw failed;
                }
                unusable = failed;
                writeEnd();
                results.abandon(
                        failed instanceof PgException failure
                                ? failure
                                : new InterfaceException(
                                        "the sets of values ended with " + failed + ", expected all of them", failed));
            }
            send(Flight.ANYTHING);
            return false;
        }
    }
}
