package dev.pgwire.internal.result;

import dev.pgwire.error.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The results of one request, in order, and how it ended. Written by its exchange, read by its cursor. */
public class Results {
    /** The most bytes of an unread answer that are kept, so that the connection can be used for something else. */
    public static final long MOST_SET_ASIDE =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

    /** What a result takes without its rows: itself, its tag, its queue of pages. */
    private static final int BYTES_EACH = 160;

    private final ShortQueue<Result> queue = new ShortQueue<>();
    private @Nullable Outcome outcome;
    private @Nullable RowCounts counts;
    private @Nullable PgException rejection;
    private boolean discarding;
    private boolean inTurn;
    private boolean told;

    /** Adds the next result; if they are forgotten, only the first one, since the reader does not go on to another. */
    public final void add(Result result) {
        if (discarding) {
            result.discard();
            if (!queue.isEmpty()) {
                return;
            }
        }
        queue.add(result);
    }

    /** Says which segment these are the results of. */
    public final void endWith(Outcome outcome) {
        this.outcome = outcome;
    }

    /** Says where the rows of each execution are counted. */
    public final void countWith(RowCounts counts) {
        this.counts = counts;
    }

    /** The rows that each execution of a batch touched, as far as they have ended; null if this is no batch. */
    public final @Nullable RowCounts counts() {
        return counts;
    }

    /** The result that is being read, or null if none has begun yet. */
    public final @Nullable Result current() {
        Result head = queue.peek();
        return head == null || head.count() == 0 ? null : head;
    }

    /** Goes on to the next result, forgetting the current one. */
    public final void advance() {
        Result head = queue.peek();
        if (head == null) {
            throw new NoSuchElementException("no result, expected one");
        }
        if (head instanceof BatchResult batch) {
            batch.advance();
        } else {
            queue.remove();
        }
    }

    /** Whether one of them has columns. */
    public final boolean haveColumns() {
        Result head = queue.peek();
        if (head == null || head.plan() != null) {
            return head != null;
        }
        for (Result result : queue.others()) {
            if (result.plan() != null) {
                return true;
            }
        }
        return false;
    }

    /** All that have begun and were not gone past, in order. */
    public final List<Result> all() {
        List<Result> all = new ArrayList<>();
        Result head = queue.peek();
        if (head != null) {
            all.add(head);
            queue.others().forEach(all::add);
        }
        return all;
    }

    /** Whether another result has begun behind the current one. */
    public final boolean hasNext() {
        Result head = queue.peek();
        return queue.size() > 1 || (head != null && head.count() > 1);
    }

    /** Marks the request as failed although the server did not fail it. */
    public final void reject(PgException cause) {
        rejection = cause;
    }

    /** Whether the server is done with the request. */
    public final boolean isDone() {
        return outcome != null && outcome.isDone();
    }

    /** Has something run when the server is done with the request, which it is not yet. */
    public final void whenDone(Runnable told) {
        if (outcome == null) {
            throw new IllegalStateException("the request has no end yet");
        }
        outcome.whenDone(told);
    }

    /** How many rows all executions of a batch touched, or this answer has of the current result; -1 if that is not known. */
    public final long ownRows() {
        RowCounts each = counts;
        if (each != null) {
            return each.sum();
        }
        Result current = current();
        return current == null ? -1 : current.ownRows();
    }

    /** Why the request failed, or null. */
    public final @Nullable PgException failure() {
        return rejection != null ? rejection : outcome == null ? null : outcome.failure();
    }

    /** Has the failure wait for its turn: the statements before the one that failed have results to be read. */
    public final void failInTurn() {
        inTurn = true;
    }

    /**
     * Checks that the request has not failed, as far as the current result goes if the failure is to wait for its turn.
     *
     * @throws PgException its failure, which the caller has been told with this
     */
    public final void throwFailure() {
        Result current = current();
        if (!inTurn || rejection != null || current == null || !current.isComplete()) {
            tell(failure());
        }
    }

    /**
     * Checks that there is no failure that the caller has not been told of.
     *
     * @throws PgException the failure, which the caller has been told with this
     */
    public final void throwUntoldFailure() {
        if (!told) {
            tell(failure());
        }
    }

    /** Takes note that the failure is told elsewhere; returns whether it had not been told before. */
    public final boolean tellFailure() {
        boolean news = !told;
        told = true;
        return news;
    }

    private void tell(@Nullable PgException failure) {
        if (failure != null) {
            told = true;
            throw failure;
        }
    }

    /** Whether the results alone, without their rows, take more bytes than this: there are many statements then. */
    public final boolean areMore(long bytes) {
        return (long) BYTES_EACH * queue.size() > bytes;
    }

    /** The bytes that unread rows keep alive, and the results behind the current one: a string may be millions of statements. */
    public final long unreadBytes() {
        Result first = queue.peek();
        long bytes = first == null ? 0 : first.unreadBytes();
        for (Result result : queue.others()) {
            bytes += BYTES_EACH + result.unreadBytes();
        }
        return bytes;
    }

    /** The bytes that the unread rows took on the wire, which does not depend on how they arrived. */
    public final long unreadRowBytes() {
        Result first = queue.peek();
        long bytes = first == null ? 0 : first.unreadRowBytes();
        if (!queue.hasOthers()) {
            return bytes;
        }
        for (Result result : queue.others()) {
            bytes += result.unreadRowBytes();
        }
        return bytes;
    }

    /** Forgets all rows at hand and all that will come. */
    public final void discard() {
        discarding = true;
        Result first = queue.peek();
        if (first != null) {
            first.discard();
        }
        for (Result result : queue.others()) {
            result.discard();
        }
    }

    /** Whether the server is done, and no row is at hand that was not taken. */
    public final boolean isUsedUp() {
        Result first = queue.peek();
        return isDone() && !queue.hasOthers() && (first == null || (first.count() == 1 && !first.hasPage()));
    }

    /** As {@link #discard}, although the rows may still be read: a reader is told this cause. */
    public final void abandon(PgException cause) {
        told = true;
        discard();
        reject(cause);
    }

    /** Whether rows were forgotten. */
    public final boolean isDiscarded() {
        return discarding;
    }
}
