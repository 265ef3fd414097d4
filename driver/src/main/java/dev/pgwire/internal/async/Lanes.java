package dev.pgwire.internal.async;

import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.loop.LoopThread;
import dev.pgwire.internal.loop.SharedLoops;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.session.SessionSource;
import dev.pgwire.internal.sql.SqlShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

// HOT: one choice for each statement

/**
 * A few connections that many callers share: each statement is a transaction of its own, and is sent behind those of others. Lanes are
 * opened as they are needed, one at a time. Any thread may use it.
 */
public final class Lanes {
    /** With this number of statements on each lane another one is opened. */
    private static final int BUSY = 4;
    /** A thread may have chosen a lane just before that takes no more. */
    private static final Duration LINGERS = Duration.ofSeconds(2);
    /** The most texts that are remembered. */
    private static final int MOST_TEXTS = 1_024;

    private static final int LONGEST_TEXT = 4 * 1024;

    private final SessionSource source;
    private final SharedLoops loops;
    private final int most;
    private final Duration maxLifetime;
    private final long idleNanos;
    private final Duration opensWithin;
    private final Places places;
    private final @Nullable Consumer<Session> prepares;
    private final ReentrantLock lock = new ReentrantLock();
    /** Whether a text may share a connection. */
    private final ConcurrentHashMap<String, Boolean> texts = new ConcurrentHashMap<>();

    /** How many statements were given to a lane. */
    private final LongAdder statements = new LongAdder();

    private volatile Lane[] lanes = {};
    /** Those that {@link #close} has found. */
    private final List<Lane> closing = new ArrayList<>();

    private volatile boolean closed;

    /** How many connections there may be, with those that are not shared. */
    public interface Places {
        /** Takes the place of a connection, if there is one, and if none has failed just before. */
        boolean reserve();

        /** Whether borrowers wait for connections. */
        boolean areWanted();

        /** The connection was made. */
        void connected();

        /** Gives the place back, because the connection could not be made. */
        void unreserve(Throwable failure);

        /** Gives it back. */
        void unreserve();
    }

    /**
     * Lanes, none of which is open.
     *
     * @param most how many there may be
     * @param maxLifetime how old one may become; zero for any age
     * @param idleTimeout how long one may have nothing to do; zero for any time
     * @param opensWithin how long a statement waits for a lane that is being opened
     * @param prepares uses each connection before it is shared; null for nothing
     */
    public Lanes(
            SessionSource source,
            int most,
            Duration maxLifetime,
            Duration idleTimeout,
            Duration opensWithin,
            Places places,
            @Nullable Consumer<Session> prepares) {
        this.source = source;
        this.loops = LoopGroup.of(LoopGroup.SHARED);
        this.most = most;
        this.maxLifetime = maxLifetime;
        this.idleNanos = idleTimeout.isZero() ? Long.MAX_VALUE : idleTimeout.toNanos();
        this.opensWithin = opensWithin;
        this.places = places;
        this.prepares = prepares;
    }

    /** Whether a statement may share a connection with those of others: as far as its text tells, it leaves nothing behind in it. */
    public boolean takes(String sql) {
        if (most == 0 || closed) {
            return false;
        }
        Boolean known = texts.get(sql);
        if (known == null) {
            // Which of the two a backslash means is the server's to say, and may differ from lane to lane.
            known = mayShare(SqlShape.of(sql, false)) && (sql.indexOf('\\') < 0 || mayShare(SqlShape.of(sql, true)));
            if (sql.length() <= LONGEST_TEXT && texts.size() < MOST_TEXTS) {
                texts.put(sql, known);
            }
        }
        return known;
    }

    private static boolean mayShare(SqlShape shape) {
        return shape.isOptimizable() && !shape.hasSeveralStatements() && !shape.leavesTraces();
    }

    /**
     * Runs a statement on a lane. If one is being opened, that is waited for.
     *
     * @return null if there is no lane that takes it: it needs a connection of its own then
     */
    public <T extends @Nullable Object> @Nullable CompletableFuture<T> execute(
            String sql, @Nullable Object[] values, @Nullable Duration deadline, Function<Results, T> reading) {
        LoopThread.refuseToBlock();
        long since = System.nanoTime();
        LoopSession session = session();
        while (session != null && session.isClosed()) {
            // It was closed since it was chosen.
            session = session();
        }
        if (session == null) {
            return null;
        }
        statements.increment();
        return session.execute(sql, values, left(deadline, since), ServerState.ANY_TRANSACTION, reading);
    }

    /** What is left of a deadline that passes since then; null if there is none. */
    public static @Nullable Duration left(@Nullable Duration deadline, long since) {
        return deadline == null
                ? null
                : Duration.ofNanos(Math.max(1, deadline.toNanos() - (System.nanoTime() - since)));
    }

    /** A statement was given to a lane that {@link #lane} has named. */
    void counts() {
        statements.increment();
    }

    /**
     * A lane for a caller that does not wait.
     *
     * @return not done while it is being opened; fails if it cannot be, or takes long; null if there is no lane
     */
    @Nullable
    CompletableFuture<LoopSession> lane() {
        Lane lane = choose(System.nanoTime());
        if (lane == null || lane.session() != null) {
            return lane == null ? null : lane.opening();
        }
        // Others wait for it as well: it is not theirs to cancel.
        return lane.opening().copy().orTimeout(opensWithin.toNanos(), TimeUnit.NANOSECONDS);
    }

    private @Nullable LoopSession session() {
        Lane lane = choose(System.nanoTime());
        if (lane == null) {
            return null;
        }
        LoopSession open = lane.session();
        if (open != null) {
            return open;
        }
        try {
            return lane.opening().get(opensWithin.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            // What comes next notices it.
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException failed) {
            return null;
        }
    }

    private @Nullable Lane choose(long now) {
        Lane lane = choose(now, Lane.SLOW_NANOS);
        return lane == null && places.areWanted() ? choose(now, Lane.SLOW_NANOS_IN_NEED) : lane;
    }

    private @Nullable Lane choose(long now, long slowNanos) {
        Lane best = null;
        int least = Integer.MAX_VALUE;
        boolean anyOver = false;
        boolean anyAsked = false;
        Lane[] all = lanes;
        for (Lane lane : all) {
            if (lane.isOver(now)) {
                anyOver = true;
                continue;
            }
            if (!lane.isChecked(now)) {
                anyAsked = true;
                continue;
            }
            int cost = lane.cost(now, slowNanos);
            if (cost < least) {
                least = cost;
                best = lane;
            }
        }
        // Behind a slow statement none is put: it waits for a lane that is being opened, or has a connection of its
        // own.
        Lane usable = least < Lane.SLOW_COSTS || (best != null && best.session() == null) ? best : null;
        if (anyOver || (least >= BUSY && all.length < most && !anyAsked)) {
            return grow(usable, now);
        }
        return usable;
    }

    /** Opens another lane, if there may be one; returns the one to use. */
    private @Nullable Lane grow(@Nullable Lane best, long now) {
        if (!lock.tryLock()) {
            // Another thread does.
            return best;
        }
        try {
            removeOver(now, Long.MAX_VALUE);
            if (closed || lanes.length >= most || isOpening() || !places.reserve()) {
                return best;
            }
            Lane opened = open(now);
            List<Lane> more = new ArrayList<>(List.of(lanes));
            more.add(opened);
            lanes = more.toArray(Lane[]::new);
            return best == null ? opened : best;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpening() {
        return Arrays.stream(lanes).anyMatch(lane -> lane.session() == null);
    }

    /** Forgets the lanes that are lost, too old, or idle for too long. What was asked of one is still answered. */
    public void care(long now) {
        lock.lock();
        try {
            removeOver(now, idleNanos);
        } finally {
            lock.unlock();
        }
    }

    private void removeOver(long now, long idle) {
        List<Lane> left = new ArrayList<>();
        for (Lane lane : lanes) {
            if (lane.isOver(now) || lane.isIdle(now, idle)) {
                leave(lane, LINGERS);
            } else {
                left.add(lane);
            }
        }
        lanes = left.toArray(Lane[]::new);
    }

    private static void leave(Lane lane, Duration notBefore) {
        lane.opening().thenAccept(session -> session.closeWhenIdle(notBefore));
    }

    private Lane open(long now) {
        CompletableFuture<LoopSession> opening = new CompletableFuture<>();
        long most = maxLifetime.toNanos();
        long retires = most == 0
                ? now + Long.MAX_VALUE / 2
                : now + most - ThreadLocalRandom.current().nextLong(most / 10 + 1);
        try {
            BlockingWork.executor().execute(() -> connect(opening));
        } catch (Throwable refused) {
            places.unreserve();
            throw refused;
        }
        return new Lane(opening, retires, source);
    }

    private void connect(CompletableFuture<LoopSession> opening) {
        SharedLoops.Place place = null;
        try {
            place = loops.enter(source.transport());
            LoopSession session = source.openShared(place.loop(), BlockingWork.executor(), prepares);
            SharedLoops.Place taken = place;
            session.whenEnded(() -> {
                taken.leave();
                places.unreserve();
            });
            places.connected();
            opening.complete(session);
            if (closed) {
                session.closeWhenIdle(Duration.ZERO);
            }
        } catch (Throwable failure) {
            opening.completeExceptionally(failure);
            Log.debug(() -> "a shared connection could not be made: " + failure);
            if (place != null) {
                place.leave();
            }
            places.unreserve(failure);
        }
    }

    /** How many lanes are open. */
    public int open() {
        int open = 0;
        for (Lane lane : lanes) {
            open += lane.session() == null ? 0 : 1;
        }
        return open;
    }

    /** How many statements are on them. */
    public int inFlight() {
        int all = 0;
        for (Lane lane : lanes) {
            all += lane.inFlight();
        }
        return all;
    }

    /** How many statements were given to one since the beginning. */
    public long statements() {
        return statements.sum();
    }

    /** Takes no more. What was asked for is answered, and the lanes are closed then. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            for (Lane lane : lanes) {
                leave(lane, Duration.ZERO);
                closing.add(lane);
            }
            lanes = new Lane[0];
        } finally {
            lock.unlock();
        }
    }

    /** Closes at once what {@link #close} has left to end by itself. */
    public void abort() {
        lock.lock();
        try {
            closing.forEach(lane -> lane.opening().thenAccept(LoopSession::close));
            closing.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for what comes of a statement. A thread that is interrupted meanwhile has it cancelled, and does not wait for that.
     *
     * @throws QueryCanceledException if the thread is interrupted
     */
    public static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        LoopThread.refuseToBlock();
        try {
            return future.get();
        } catch (InterruptedException stop) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new QueryCanceledException(
                    QueryCanceledException.Reason.INTERRUPT,
                    "the thread was interrupted while it waited for the statement, so that it is not known whether it was done;"
                            + " expected a thread that is not");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof RuntimeException failure) {
                // The stack of the event loop tells the caller nothing.
                failure.fillInStackTrace();
                throw failure;
            }
            throw new IllegalStateException("the statement has failed in an unforeseen way", cause);
        }
    }
}
