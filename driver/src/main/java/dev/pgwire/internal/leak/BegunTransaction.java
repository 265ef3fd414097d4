package dev.pgwire.internal.leak;

import dev.pgwire.config.LeakDetection;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.protocol.TransactionStatus;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that was begun, or a savepoint in it, whose object is held weakly. A transaction that is in progress although the program
 * cannot reach its object any more is reported once, and goes on: the program may still end it by a call of the connection.
 *
 * @param <T> the object
 */
public final class BegunTransaction<T> {
    /** One of this number keeps its stack; a power of two. */
    private static final int SAMPLE = 64;

    private final WeakReference<T> object;
    private final long mark;
    private final @Nullable Throwable stack;
    private final @Nullable BegunTransaction<T> around;
    private boolean told;

    /**
     * A transaction.
     *
     * @param mark how many transactions of the session had ended before
     * @param stack where it was begun, see {@link #stack}
     */
    public BegunTransaction(T object, long mark, LeakDetection how, @Nullable Throwable stack) {
        this(object, mark, stack, null, how == LeakDetection.OFF);
    }

    private BegunTransaction(
            T object, long mark, @Nullable Throwable stack, @Nullable BegunTransaction<T> around, boolean told) {
        this.object = new WeakReference<>(object);
        this.mark = mark;
        this.stack = stack;
        this.around = around;
        this.told = told;
    }

    /** A savepoint inside what was begun before. It ends with the transaction, so that it is not reported. */
    public static <T> BegunTransaction<T> savepoint(T object, @Nullable BegunTransaction<T> around) {
        return new BegunTransaction<>(object, ServerState.ANY_TRANSACTION, null, around, true);
    }

    /** The stack of the calling thread, which begins a transaction; null if it is not kept. */
    public static @Nullable Throwable stack(LeakDetection how) {
        return Birth.stack(how, SAMPLE, "the transaction was begun here");
    }

    /** Its object; null if the program cannot reach that any more. */
    public @Nullable T object() {
        return object.get();
    }

    /** What it is inside of; null if that has no object any more. */
    public @Nullable BegunTransaction<T> around() {
        return around;
    }

    /**
     * Reports it, if it is forgotten and still in progress.
     *
     * @param event what has come, and what that does to it
     */
    public void tellIfForgotten(String event, ServerState server, int processId) {
        if (told
                || !object.refersTo(null)
                || server.transactionStatus() == TransactionStatus.IDLE
                || !server.isTransaction(mark)) {
            return;
        }
        told = true;
        String text = "a transaction was neither committed nor rolled back, and is not reachable any more: " + event
                + " (process " + Integer.toUnsignedString(processId) + ")";
        if (stack == null) {
            Log.warn(text + "; leak_detection=always shows where it was begun");
        } else {
            Log.warn(text, stack);
        }
    }
}
