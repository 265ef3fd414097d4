package dev.pgwire.internal.exchange;

import dev.pgwire.protocol.ProtocolViolation;

/**
 * One statement that is executed any number of times, and the Sync at the end. It is sent in parts, so that answers come while
 * more is sent: each is held against what was sent so far.
 */
public abstract class RepeatedExchange extends SegmentExchange {
    private long sent;
    private long begun;
    private long answered;
    private boolean synced;

    /** Takes note that the statement is about to be executed this many times more. */
    public final void expectExecutions(long count) {
        sent += count;
    }

    /** Takes note that the Sync is about to be sent. */
    public final void expectSync() {
        synced = true;
    }

    /** The answer to another execution has its first message. */
    final void executing() {
        if (begun == sent) {
            throw new ProtocolViolation(
                    this + " was answered with more executions than the " + sent + " that were sent");
        }
        begun++;
    }

    /** An execution has been answered. */
    final void executed() {
        answered++;
    }

    /** Whether an execution has begun that has not ended. */
    final boolean isExecuting() {
        return begun > answered;
    }

    /** How many executions were answered. */
    final long answered() {
        return answered;
    }

    /** Whether not all that was sent was answered. */
    final boolean isOwed() {
        return answered < sent;
    }

    /** The server is ready, which it may be after all was answered or something failed, but never before the Sync. */
    final boolean end() {
        if (!synced) {
            throw new ProtocolViolation("ReadyForQuery came before the Sync of " + this + " was sent");
        }
        if (failure() == null && isOwed()) {
            throw new ProtocolViolation("ReadyForQuery came when " + answered + " of " + sent + " executions of " + this
                    + " were answered, expected an answer to each");
        }
        return finish();
    }
}
