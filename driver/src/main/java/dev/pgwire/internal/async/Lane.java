package dev.pgwire.internal.async;

import dev.pgwire.internal.session.LoopLoad;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.internal.session.SessionInfo;
import dev.pgwire.internal.session.SessionSource;
import dev.pgwire.internal.upkeep.ServerCheck;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One of the connections that callers share. Any thread may look at it. */
final class Lane {
    /** What a statement waits for behind one that has run for so long counts as much as all that can be queued elsewhere. */
    static final long SLOW_NANOS = 5_000_000L;

    /** The same where a connection of its own would have to be waited for as well: then processors may be what is short. */
    static final long SLOW_NANOS_IN_NEED = 100_000_000L;

    /** From this cost on a statement is better off elsewhere. */
    static final int SLOW_COSTS = 1_000;

    private final long retiresAt;
    private final CompletableFuture<LoopSession> opening;
    private volatile @Nullable LoopSession session;
    /** Null if its server is not asked again. */
    private volatile @Nullable Check check;

    /**
     * A lane that is being opened.
     *
     * @param retiresAt when it takes no more
     * @param source what opens it
     */
    Lane(CompletableFuture<LoopSession> opening, long retiresAt, SessionSource source) {
        this.opening = opening;
        this.retiresAt = retiresAt;
        opening.thenAccept(opened -> {
            check = source.asksAgain() ? new Check(opened, source) : null;
            session = opened;
        });
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
        Check checked = check;
        return retiresAt - now <= 0
                || (open == null ? opening.isCompletedExceptionally() : open.isClosed())
                || (checked != null && checked.isOver(now));
    }

    /** Whether its server is known to be what is wanted; if that was long ago, it is asked, and not waited for. */
    boolean isChecked(long now) {
        Check checked = check;
        return checked == null || checked.isFresh(now);
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
     * @param slowNanos from what time on what is on it counts as slow
     * @return {@link Integer#MAX_VALUE} if it would wait for what its caller has given up, or for a cancel request
     */
    int cost(long now, long slowNanos) {
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
        return tasks > 0 && now - load.since() >= slowNanos ? tasks + SLOW_COSTS : tasks;
    }

    /**
     * Whether the server of a lane that only reads is still what is wanted. It is asked when a statement comes, between statements, and
     * before its last answer is too old: a lane that is in use stays in use.
     */
    private static final class Check {
        /** A server that says nothing for so long is left. */
        private static final long ANSWERS_WITHIN_SECONDS = 5;

        private final LoopSession session;
        private final long validNanos;
        private final long movesAt;
        private final AtomicBoolean asking = new AtomicBoolean();
        private volatile long answeredAt = System.nanoTime();
        private volatile boolean refused;

        /** Of a session that was opened just now, and its server asked. */
        Check(LoopSession session, SessionSource source) {
            this.session = session;
            this.validNanos = source.validNanos();
            Duration stays = SessionSource.lifetime(session.info(), Duration.ZERO);
            this.movesAt = answeredAt + (stays.isZero() ? Long.MAX_VALUE / 2 : stays.toNanos());
        }

        /** Whether the server is no more what is wanted, or was only the second best for long enough. */
        boolean isOver(long now) {
            return refused || movesAt - now <= 0;
        }

        /** Whether the last answer still counts; before it does not, the server is asked anew, and not waited for. */
        boolean isFresh(long now) {
            long age = now - answeredAt;
            if (age > validNanos / 2 && asking.compareAndSet(false, true)) {
                ask();
            }
            return age <= validNanos;
        }

        private void ask() {
            SessionInfo info = session.info();
            session.run(ServerCheck.of(session.dispatch(), info.role(), info.server()), null)
                    .orTimeout(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((answer, failure) -> {
                        if (failure == null) {
                            answeredAt = System.nanoTime();
                        } else {
                            refused = true;
                        }
                        asking.set(false);
                    });
        }
    }
}
