package dev.pgwire.internal.session;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.Remainder;
import dev.pgwire.internal.exchange.Result;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.internal.exchange.RowSlice;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.row.RowPage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads on in an answer, as far as its cursor asks for it: to the next rows, to the next result, to the end. Each call takes
 * the connection for as long as it lasts.
 */
final class AnswerReader {
    /** So much of an unread answer is set aside at most. */
    static final long MOST_SET_ASIDE = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

    private final Transport transport;
    private final AnswerWait waiting;

    AnswerReader(Transport transport, AnswerWait waiting) {
        this.transport = transport;
        this.waiting = waiting;
    }

    /**
     * The next rows of a result.
     *
     * @param used a page that will not be looked at again; null if there is none
     * @return null if there are none any more
     * @throws PgException the failure of the statement, once its rows are used up
     */
    @Nullable
    RowSlice nextRows(Results results, Result result, @Nullable RowPage used) {
        transport.enter();
        try {
            if (used != null) {
                used.giveBack();
            }
            if (!hasRows(result)) {
                await(results, () -> hasRows(result) || isOver(results, result));
            }
            RowSlice rows = result.nextRows();
            if (rows == null && (!results.hasNext() || results.isDiscarded())) {
                results.throwFailure();
            }
            return rows;
        } finally {
            transport.exit();
        }
    }

    /** Whether rows of a result are at hand; those that still lie with the received bytes are fetched. */
    private boolean hasRows(Result result) {
        if (!result.hasPage()) {
            transport.deliver();
        }
        return result.hasPage();
    }

    /** Reads until a result has ended, keeping its rows; gives up where that would take too much memory. */
    void complete(Results results, Result result) {
        transport.enter();
        try {
            await(results, () -> isOver(results, result) || results.unreadBytes() > MOST_SET_ASIDE);
        } finally {
            transport.exit();
        }
    }

    /** Reads until all results have ended, keeping their rows. */
    void complete(Results results) {
        transport.enter();
        try {
            await(results, () -> results.isDone() || results.unreadBytes() > MOST_SET_ASIDE);
            if (!results.isDone()) {
                throw new InterfaceException("more than " + MOST_SET_ASIDE + " bytes of the results have not been read,"
                        + " expected that they are, or that the cursor is closed");
            }
            results.throwFailure();
        } finally {
            transport.exit();
        }
    }

    /** Forgets the current result and goes on to the next; returns whether there is one. */
    boolean nextResult(Results results) {
        transport.enter();
        try {
            Result current = results.current();
            if (current == null) {
                return false;
            }
            current.skip();
            await(results, () -> results.hasNext() || results.isDone());
            // Rows of the result that is left may still lie with the received bytes.
            transport.deliver();
            results.advance();
            if (results.current() == null) {
                results.throwFailure();
                return false;
            }
            return true;
        } finally {
            transport.exit();
        }
    }

    /**
     * Reads what is left of an answer and forgets it.
     *
     * @param used a page that will not be looked at again; null if there is none
     * @throws PgException the failure of the statement, if nobody was told of it yet
     */
    void discard(Results results, @Nullable RowPage used) {
        transport.enter();
        try {
            discardNow(results, used);
            await(results, done(results));
            if (!transport.isClosed()) {
                results.throwUntoldFailure();
            }
        } finally {
            transport.exit();
        }
    }

    /**
     * Syncs the pipeline that a statement is in, if that has not been done.
     *
     * @throws PgException the failure of the statement
     */
    void settle(Results results) {
        transport.enter();
        try {
            if (!results.isDone()) {
                transport.checkOpen();
            }
            await(results, done(results));
            results.throwFailure();
        } finally {
            transport.exit();
        }
    }

    /** Forgets an answer that is waited for by somebody else. */
    void forget(Results results, @Nullable RowPage used) {
        transport.enter();
        try {
            discardNow(results, used);
        } finally {
            transport.exit();
        }
    }

    private static void discardNow(Results results, @Nullable RowPage used) {
        if (used != null) {
            used.giveBack();
        }
        results.discard();
    }

    private static BooleanSupplier done(Results results) {
        return new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return results.isDone();
            }
        };
    }

    /** Whether no more rows can come: the last result is over when the server is done, since its commit may fail. */
    private static boolean isOver(Results results, Result result) {
        return results.isDone() || (result.isComplete() && results.hasNext());
    }

    /** Sends what is left of a request, and reads its answer, until a goal is reached. */
    void await(Results results, BooleanSupplier goal) {
        Remainder remainder = results.remainder();
        if (remainder != null) {
            remainder.send(goal);
        }
        waiting.await(goal);
    }
}
