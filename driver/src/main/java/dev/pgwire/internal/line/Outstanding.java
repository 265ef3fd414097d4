package dev.pgwire.internal.line;

import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyBothResponse;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What the server has still to answer, by what was sent and what came (PostgreSQL manual, 54.2 Message Flow): after an error in the
 * extended protocol it skips all up to the next Sync, and while it waits for the data of a COPY it ignores Flush and Sync.
 *
 * <p>Whether a Sync was ignored cannot be told from here if the COPY fails: the server may have been at its data still, or behind it.
 * Then only a barrier tells when all is answered.
 */
final class Outstanding {
    private static final byte QUERY = 'Q';
    private static final byte FUNCTION_CALL = 'F';
    private static final byte SYNC = 'S';
    private static final byte FLUSH = 'H';
    private static final byte PARSE = 'P';
    private static final byte BIND = 'B';
    private static final byte DESCRIBE = 'D';
    private static final byte EXECUTE = 'E';
    private static final byte CLOSE = 'C';
    private static final byte COPY_DATA = 'd';
    private static final byte COPY_DONE = 'c';
    private static final byte COPY_FAIL = 'f';
    private static final byte TERMINATE = 'X';

    /** The tags of what was sent and is not answered. */
    private final Deque<Byte> asked = new ArrayDeque<>();
    /** Whether something was sent with no Sync behind it. */
    private boolean isOpen;

    private boolean isSkipping;
    private boolean isCopying;
    private boolean isReplicating;
    private boolean isTerminated;
    private boolean isUsed;
    /** Whether a Sync, say, counts as ignored by a COPY that has not ended well. */
    private boolean isGuessed;
    /** Whether the COPY for which one does has failed. */
    private boolean isDoubtful;
    /** How many Closes the server may still answer, whatever else was guessed. */
    private int closes;
    /** How many Closes the barrier has; 0 if none was sent. */
    private int barrier;
    /** How many Closes were answered since the server was ready. */
    private int closed;

    /** A message is sent. */
    void sent(byte tag) {
        if (isQuiet()) {
            closes = 0;
        }
        if (tag == CLOSE) {
            closes++;
        }
        isUsed = true;
        if (tag == COPY_DATA) {
            return;
        }
        if (isSkipping) {
            isSkipping = tag != SYNC;
            if (isSkipping) {
                return;
            }
        } else if (isCopying) {
            isCopying = tag != COPY_DONE && tag != COPY_FAIL;
            // What is no data is ignored or ends the session, unless the COPY has failed meanwhile.
            isGuessed |= isCopying && tag != FLUSH;
            return;
        }
        switch (tag) {
            case SYNC, QUERY, FUNCTION_CALL -> {
                isOpen = false;
                asked.add(tag);
            }
            case PARSE, BIND, DESCRIBE, EXECUTE, CLOSE -> {
                isOpen = true;
                asked.add(tag);
            }
            case FLUSH -> isOpen = true;
            case COPY_DONE, COPY_FAIL -> {
                asked.add(tag);
                trim();
            }
            case TERMINATE -> isTerminated = true;
            default -> asked.add(tag);
        }
    }

    /** A message came. */
    void came(Message message) {
        if (message instanceof ReadyForQuery) {
            ready();
        } else if (message == Signal.PARSE_COMPLETE) {
            answered(PARSE);
        } else if (message == Signal.BIND_COMPLETE) {
            answered(BIND);
        } else if (message == Signal.CLOSE_COMPLETE) {
            closed++;
            closes--;
            answered(CLOSE);
        } else if (message instanceof RowDescription || message == Signal.NO_DATA) {
            answered(DESCRIBE);
        } else if (message instanceof CommandComplete
                || message == Signal.EMPTY_QUERY_RESPONSE
                || message == Signal.PORTAL_SUSPENDED) {
            isGuessed &= isDoubtful;
            answered(EXECUTE);
        } else if (message instanceof CopyInResponse) {
            copies();
        } else if (message instanceof CopyBothResponse) {
            isReplicating = true;
        } else if (message instanceof ErrorResponse) {
            failed();
        }
        trim();
    }

    private void ready() {
        boolean isBarrier = barrier > 0 && closed >= barrier;
        closed = 0;
        if (isBarrier) {
            asked.clear();
            isGuessed = false;
            isDoubtful = false;
            barrier = 0;
        }
        if (asked.isEmpty()) {
            isOpen = false;
            isSkipping = false;
            isCopying = false;
        }
        for (Byte tag = asked.poll(); tag != null && !endsSegment(tag); tag = asked.poll()) {
            // Was answered with what came before, or never will be.
        }
    }

    private static boolean endsSegment(byte tag) {
        return tag == SYNC || tag == QUERY || tag == FUNCTION_CALL;
    }

    private void answered(byte tag) {
        Byte head = asked.peek();
        if (head != null && head == tag) {
            asked.poll();
        }
    }

    /** What was sent behind the COPY before it began is data's end, or ignored. */
    private void copies() {
        isCopying = true;
        Iterator<Byte> behind = asked.iterator();
        if (behind.hasNext()) {
            behind.next();
        }
        while (behind.hasNext() && isCopying) {
            byte tag = behind.next();
            if (tag == SYNC) {
                behind.remove();
                isOpen = true;
                isGuessed = true;
            } else if (tag == COPY_DONE || tag == COPY_FAIL) {
                behind.remove();
                isCopying = false;
            } else {
                return;
            }
        }
    }

    private void failed() {
        isCopying = false;
        isDoubtful |= isGuessed;
        Byte head = asked.peek();
        if (head == null ? !isOpen : head == QUERY || head == FUNCTION_CALL) {
            return;
        }
        while (head != null && head != SYNC) {
            asked.poll();
            head = asked.peek();
        }
        isSkipping = head == null;
    }

    /** The end of data that no COPY waits for is ignored. */
    private void trim() {
        for (Byte head = asked.peek(); head != null && (head == COPY_DONE || head == COPY_FAIL); head = asked.peek()) {
            asked.poll();
        }
    }

    /** Whether anything was sent. */
    boolean isUsed() {
        return isUsed;
    }

    /** Whether the server has answered all, and waits for a request. */
    boolean isQuiet() {
        return asked.isEmpty()
                && !isOpen
                && !isSkipping
                && !isCopying
                && !isReplicating
                && !isTerminated
                && !isGuessed
                && barrier == 0;
    }

    /** Whether only a barrier can tell when all is answered, and none was sent. */
    boolean needsBarrier() {
        return isGuessed && barrier == 0;
    }

    /**
     * A barrier is sent: CopyFail and Sync, behind which the server waits for a request in any case, then Closes and a Sync. It has
     * one Close more than the server may answer before it, so that the ReadyForQuery behind as many answers is its own.
     *
     * @return how many Closes it has
     */
    int barrier() {
        barrier = 1 + Math.max(0, closes);
        return barrier;
    }

    /** Whether a barrier was sent and is not answered: nothing else has to be sent. */
    boolean isBehindBarrier() {
        return barrier > 0;
    }

    /** Whether the server waits for data of a COPY. */
    boolean isCopying() {
        return isCopying;
    }

    /** Whether a Sync has to be sent before the server says that it is ready. */
    boolean needsSync() {
        return isSkipping || isOpen;
    }

    /** Whether the session is one of replication now, or has ended: no request brings it back. */
    boolean isBeyondHelp() {
        return isReplicating || isTerminated;
    }
}
