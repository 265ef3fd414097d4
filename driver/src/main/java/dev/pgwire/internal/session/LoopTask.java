package dev.pgwire.internal.session;

import dev.pgwire.internal.cancel.CancelPolicy;
import dev.pgwire.internal.loop.CallSite;
import dev.pgwire.internal.loop.LoopFuture;
import dev.pgwire.internal.net.Wait;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A procedure that a {@link LoopDriver} runs, and the future of what comes of it. To cancel the future cancels on the server
 * what runs, or keeps it from being sent. All but the future is for the loop's thread.
 */
final class LoopTask<T extends @Nullable Object> extends LoopFuture<T> {
    private final LoopDriver driver;
    private final Procedure<T> procedure;
    private final CancelPolicy policy;
    private final BooleanSupplier plain;
    /** Null if it is not to be told. */
    private final @Nullable CallSite site;

    private @Nullable Boolean isPlain;
    private @Nullable String event;
    private boolean mayBeRefused;
    private long requestsWhenSent;
    private boolean begun;
    private boolean cancelDue;
    private boolean asked;
    private @Nullable Future<?> timer;
    private boolean isDropped;
    private boolean requesting;
    /** Whether its answer is not read for now: the server is about to be told that it is not wanted. */
    private boolean isHeldUp;
    /** Whether its deadline does not pass for now, since no reader waits for its rows. */
    private boolean isPaused;

    private volatile boolean over;
    /** Whether the borrower who asked for it has given the session back before it was its turn; null if none has borrowed it. */
    private @Nullable AtomicBoolean evicted;

    private LoopTask(
            LoopDriver driver,
            Procedure<T> procedure,
            CancelPolicy policy,
            BooleanSupplier plain,
            @Nullable CallSite site) {
        this.driver = driver;
        this.procedure = procedure;
        this.policy = policy;
        this.plain = plain;
        this.site = site;
        driver.load().begins();
    }

    /**
     * A task.
     *
     * @param plain whether it may be sent behind others before they are answered; asked on the loop's thread
     */
    static <T extends @Nullable Object> LoopTask<T> of(
            LoopDriver driver, Procedure<T> procedure, CancelPolicy policy, BooleanSupplier plain) {
        return new LoopTask<>(driver, procedure, policy, plain, driver.tellsCallers() ? new CallSite() : null);
    }

    /** A task without a deadline, of the loop's own. */
    static <T extends @Nullable Object> LoopTask<T> unwatched(LoopDriver driver, Procedure<T> procedure) {
        return new LoopTask<>(driver, procedure, new CancelPolicy(Duration.ZERO), () -> false, null);
    }

    Procedure<T> procedure() {
        return procedure;
    }

    CancelPolicy policy() {
        return policy;
    }

    /** It has to run: rows in its way are dropped where they are too many to be set aside, and their reader is told this event. */
    LoopTask<T> hasToRun(String event) {
        this.event = event;
        return this;
    }

    /** What its coming is called if it has to run; null if it is refused where too many rows are in its way. */
    @Nullable
    String event() {
        return event;
    }

    /** Whether it is refused where too many rows are in its way. */
    boolean mayBeRefused() {
        return mayBeRefused;
    }

    void refuseNow() {
        mayBeRefused = true;
    }

    /** Whether it may be sent behind others before they are answered. */
    boolean isPlain() {
        Boolean known = isPlain;
        if (known == null) {
            known = asksPlain();
            isPlain = known;
        }
        return known;
    }

    /** A text that cannot even be read is not plain: it fails by itself, when it is its turn. */
    private boolean asksPlain() {
        try {
            return plain.getAsBoolean();
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    /** It is its turn. */
    void begin() {
        begun = true;
    }

    /** It is of a borrower, and fails if it comes behind the end of the loan. */
    LoopTask<T> of(@Nullable AtomicBoolean givenBack) {
        evicted = givenBack;
        return this;
    }

    /** Whether it comes behind the end of the loan. */
    boolean isEvicted() {
        return evicted != null && evicted.get();
    }

    /** Whether it was its turn. */
    boolean hasBegun() {
        return begun;
    }

    /** A segment of it is sent; the number is that of the cancel requests that were made before. */
    void sent(long requests) {
        requestsWhenSent = requests;
    }

    long requestsWhenSent() {
        return requestsWhenSent;
    }

    /** Whether a cancel request for it waits until the server works on it. */
    boolean isCancelDue() {
        return cancelDue;
    }

    void cancelDue(boolean due) {
        cancelDue = due;
    }

    /** The server is asked to cancel it. */
    void asks() {
        cancelDue = false;
        asked = true;
    }

    /** Whether the server was asked to cancel it. */
    boolean wasAsked() {
        return asked;
    }

    /** Whether a cancel request for it is under way. */
    boolean isRequesting() {
        return requesting;
    }

    void requesting(boolean underWay) {
        requesting = underWay;
    }

    /** Whether its answer is not read while a cancel request for it is under way. */
    boolean isHeldUp() {
        return requesting && isHeldUp;
    }

    void holdUp(boolean heldUp) {
        isHeldUp = heldUp;
    }

    /** Replaces what looks after its deadline. */
    void timer(@Nullable Future<?> next) {
        Future<?> before = timer;
        timer = next;
        if (before != null) {
            before.cancel(false);
        }
    }

    /**
     * Checks that it is still to be sent.
     *
     * @throws dev.pgwire.error.QueryCanceledException if not
     */
    void checkWanted() {
        long until = policy.untilUnwanted();
        if (until != Wait.NEVER && until - System.nanoTime() <= 0) {
            policy.pause(System.nanoTime());
        }
        policy.checkWanted(isCancelled());
    }

    /** Says whether its deadline does not pass for now. */
    void paused(boolean paused) {
        isPaused = paused;
    }

    boolean isPaused() {
        return isPaused;
    }

    /** Whether it has come to its end. May be asked by any thread. */
    boolean isOver() {
        return over;
    }

    /**
     * It is over, unless there are rows that are read on: completes the future. Returns what came of it, null if it has failed.
     */
    @Nullable
    Object finish() {
        T result;
        try {
            result = procedure.result();
        } catch (Throwable failure) {
            end();
            Throwable told = policy.explainAtEnd(failure);
            explain(told);
            completeExceptionally(told);
            return null;
        }
        if (!(result instanceof Results results) || results.isDone()) {
            end();
        }
        isDropped = !complete(result);
        if (isDropped) {
            procedure.unwanted();
            end();
        }
        return result;
    }

    /** It has come to its end. Does nothing the second time. */
    void end() {
        if (!over) {
            over = true;
            timer(null);
            driver.load().ends();
        }
    }

    /** Whether the future was completed by its caller before the answer came, which nothing reads then. */
    boolean isDropped() {
        return isDropped;
    }

    /** It is not run. */
    void fail(Throwable failure) {
        end();
        explain(failure);
        completeExceptionally(failure);
    }

    private void explain(Throwable failure) {
        if (site != null) {
            site.explain(failure);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            driver.interrupt(this);
        }
        return cancelled;
    }
}
