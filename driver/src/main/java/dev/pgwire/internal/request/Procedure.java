package dev.pgwire.internal.request;

import dev.pgwire.error.PgException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done with the server in several moves: prepare, then bind; send a part, then look whether there is room.
 * It writes and reads, and says what it waits for, but it knows no thread, takes no lock and never waits: a driver of
 * procedures does that. As a supplier it is the goal of its present wait.
 *
 * @param <T> what comes of it
 */
public abstract class Procedure<T extends @Nullable Object> implements BooleanSupplier {
    private final Dispatch dispatch;
    private @Nullable Procedure<?> inner;
    private boolean unsent;
    private boolean over;
    private @Nullable T value;
    private @Nullable Throwable failure;

    protected Procedure(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    protected final Dispatch dispatch() {
        return dispatch;
    }

    /**
     * Does the next move: writes, or takes what came. Called when {@link #ready} says so, and what it has sent before has
     * left. The last move ends with {@link #over}.
     *
     * @return whether it is over
     */
    protected abstract boolean proceed();

    /** Whether that is there which the next move needs. */
    protected boolean ready() {
        return true;
    }

    /**
     * What was to be sent may not be; the procedure fails, unless it says otherwise. All exchanges of it have failed already.
     *
     * @param why the reason, which is thrown next
     */
    protected void refused(PgException why) {}

    /** It is over, well or not. */
    protected void ended() {}

    /** It is over, but its caller has given it up before, and does not get the result. */
    public void unwanted() {}

    /** Whether it may still write something: what comes behind it has to wait until it has. */
    public final boolean isWriting() {
        return !over && mayWrite();
    }

    /** Whether it may still write something, as long as it is not over. */
    protected boolean mayWrite() {
        return true;
    }

    /** What came of it; returns true, for {@link #proceed} to return. */
    protected final boolean over(T result) {
        value = result;
        return true;
    }

    /** Makes it new, once it is over: what runs all the time need not be made each time. */
    protected final void renew() {
        inner = null;
        unsent = false;
        over = false;
        value = null;
        failure = null;
    }

    /** Sends what was written into the request, as soon as no cancel request can hit it that was meant for another. */
    protected final void send(Flight what) {
        dispatch.seal(what);
        unsent = true;
    }

    /** Has another procedure done before the next move, which takes its {@link #result}. */
    protected final <P extends Procedure<?>> P first(P procedure) {
        inner = procedure;
        return procedure;
    }

    /** Whether all that was written has been sent. */
    public final boolean isSent() {
        Procedure<?> step = inner;
        return !unsent && (step == null || step.isSent());
    }

    /** Goes on as far as it can; returns whether it is over. What fails it is what {@link #result} throws. */
    public final boolean advance() {
        // One method: a compiler that finds two of them hot compiles all that they do twice, before anything is warm.
        try {
            while (!over) {
                Procedure<?> step = inner;
                if (step != null) {
                    if (!step.advance()) {
                        return false;
                    }
                    inner = null;
                } else if (unsent) {
                    // What the server has said meanwhile is read before the next move.
                    unsent = !sends();
                    return false;
                } else if (!ready()) {
                    return false;
                }
                if (proceed()) {
                    end(null);
                } else if (inner == null && !unsent) {
                    return false;
                }
            }
        } catch (Throwable failed) {
            end(failed);
        }
        return true;
    }

    private void end(@Nullable Throwable why) {
        failure = why;
        over = true;
        ended();
    }

    /**
     * Sends what was written, if it may be sent now.
     *
     * @return whether it was sent
     * @throws PgException if it may not be sent at all
     */
    protected boolean sends() {
        try {
            return dispatch.trySend();
        } catch (PgException refusal) {
            refused(refusal);
            throw refusal;
        }
    }

    /** Whether there is something that it can do. */
    @Override
    public final boolean getAsBoolean() {
        Procedure<?> step = inner;
        return over || (step != null ? step.getAsBoolean() : unsent ? dispatch.maySend() : ready());
    }

    /**
     * What came of it.
     *
     * @throws PgException why it failed
     */
    @SuppressWarnings("NullAway") // The last move has set it, to null only where T may be that.
    public final T result() {
        Throwable failed = failure;
        if (failed != null) {
            throw unchecked(failed);
        }
        return value;
    }

    /** Throws what was thrown elsewhere, as it is: a source of values may throw whatever it likes. */
    protected static RuntimeException unchecked(Throwable failure) {
        throw Procedure.<RuntimeException>asItIs(failure);
    }

    @SuppressWarnings("unchecked") // Nothing is checked where the type is erased.
    private static <E extends Throwable> E asItIs(Throwable failure) throws E {
        throw (E) failure;
    }
}
