package dev.pgwire.internal.session;

import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.BatchExchange;
import dev.pgwire.internal.exchange.Outcome;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Runs one statement for many sets of values, in one segment that leaves in parts. */
final class BatchRunner {
    /** A batch leaves in parts of about this size. */
    private static final int PART = 64 * 1024;

    private final Dispatch dispatch;
    private final Preparation preparation;

    BatchRunner(Dispatch dispatch, Preparation preparation) {
        this.dispatch = dispatch;
        this.preparation = preparation;
    }

    /** Runs the statement for all sets. */
    Results executeMany(String sql, Iterator<@Nullable Object[]> sets) {
        PreparedStatement cached = preparation.known(sql);
        if (cached == null
                && SqlShape.of(sql, dispatch.server().hasBackslashEscapes())
                        .firstWord()
                        .equals("COPY")) {
            // In the middle of a batch there is no way back: the next Bind would be read as data.
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "COPY cannot be run through executeMany, expected a statement that takes values",
                    null);
        }
        PreparedStatement statement = cached != null ? cached : preparation.prepare(sql);
        boolean implicit = dispatch.isImplicitTransaction();
        Results results = new Results();
        BatchExchange batch = new BatchExchange(sql, results, statement.plan());
        Transport transport = dispatch.transport();
        Request request = dispatch.request();
        boolean sent = false;
        boolean more = true;
        try {
            do {
                request.begin();
                if (!sent) {
                    dispatch.begin().expect(batch);
                }
                more = sets.hasNext();
                while (more && request.out().readableBytes() < PART) {
                    dispatch.parameters().bind(request.out(), statement, sets.next());
                    request.message(Dispatch.EXECUTE);
                    more = sets.hasNext();
                }
                if (!more) {
                    request.message(Command.SYNC);
                }
                dispatch.send(Dispatch.Flight.ANYTHING);
                sent = true;
                dispatch.await(transport::hasRoom);
                transport.poll();
            } while (more && batch.failure() == null);
        } catch (Throwable unusable) {
            if (sent) {
                abandon(batch, implicit);
            }
            throw unusable;
        }
        if (more) {
            request.begin().message(Command.SYNC).send();
        }
        dispatch.await(batch::isDone);
        preparation.forgetsStale(statement, batch.failure());
        return results;
    }

    /**
     * A set of values cannot be written after others were sent. Outside a transaction the Sync would commit those: a portal
     * that does not exist makes the server roll them back.
     */
    private void abandon(Outcome batch, boolean implicit) {
        Request request = dispatch.request().begin();
        if (implicit) {
            request.message(new Execute("pgwire_abandoned_batch", 0));
        }
        request.message(Command.SYNC).send();
        dispatch.await(batch::isDone);
    }
}
