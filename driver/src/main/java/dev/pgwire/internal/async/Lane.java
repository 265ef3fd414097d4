package dev.pgwire.internal.async;

import dev.pgwire.internal.session.LoopLoad;
import dev.pgwire.internal.session.LoopSession;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One of the connections that callers share. Any thread may look at it. */
final class Lane {
    /** What a statement waits for behind one that has run for so long counts as much as all that can be queued elsewhere. */
    private static final long SLOW_NANOS = 5_000_000L;

    /** From this cost on a statement is better off elsewhere. */
    static final int SLOW_COSTS = 1_000;

    private final long retiresAt;
    private final CompletableFuture<LoopSession> opening;
    private volatile @Nullable LoopSession session;

    /**
     * A lane that is being opened.
     *
     * @param retiresAt when it takes no more
     */
    Lane(CompletableFuture<LoopSession> opening, long retiresAt) {
        this.opening = opening;
        this.retiresAt = retiresAt;
        opening.thenAccept(opened -> session = opened);
    }

    /** The session; null while it is being opened. */
    @Nullable
    LoopSession session() {
        return session;
    }

    /** Its session, when that is open. */
    CompletableFuture<LoopSession> opening() {
        return opening;
    }

    /** Whether it takes no more, for good. */
    boolean isOver(long now) {
        LoopSession open = session;
        return retiresAt - now <= 0 || (open == null ? opening.isCompletedExceptionally() : open.isClosed());
    }

    /** Whether it has had nothing to do for so long. */
    boolean isIdle(long now, long nanos) {
        LoopSession open = session;
        return open != null && open.load().tasks() == 0 && now - open.load().since() > nanos;
    }

    /** How many statements are on it. */
    int inFlight() {
        LoopSession open = session;
        return open == null ? 0 : open.load().tasks();
    }

    /**
     * How long a statement would have to wait here, compared with other lanes.
     *
     * @return {@link Integer#MAX_VALUE} if it would wait for what its caller has given up, or for a cancel request
     */
    int cost(long now) {
        LoopSession open = session;
        if (open == null) {
            // It is waited for if there is no other.
            return Integer.MAX_VALUE - 1;
        }
        LoopLoad load = open.load();
        if (load.isStuck()) {
            return Integer.MAX_VALUE;
        }
        int tasks = load.tasks();
        return tasks > 0 && now - load.since() >= SLOW_NANOS ? tasks + SLOW_COSTS : tasks;
    }
}
