package dev.pgwire.internal.async;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.loop.SharedLoops;
import dev.pgwire.internal.pool.Face;
import dev.pgwire.internal.pool.Held;
import dev.pgwire.internal.pool.Loan;
import dev.pgwire.internal.pool.Stock;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.session.SessionInfo;
import dev.pgwire.internal.session.SessionSource;
import dev.pgwire.internal.upkeep.ServerCheck;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.SessionReset;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session on an event loop that a pool lends, and what is done with it between two borrowers. */
public final class LentLoop implements Held {
    /** What was asked for before a connection is given back must be done by then, and it must be clean. */
    private static final Duration CLEAN_WITHIN = Duration.ofSeconds(5);

    private final PoolConfig pool;
    private final SessionSource source;
    private final LoopSession session;
    /** When the server was asked last whether it is what is wanted. */
    private volatile long askedAt = System.nanoTime();

    private LentLoop(PoolConfig pool, SessionSource source, LoopSession session) {
        this.pool = pool;
        this.source = source;
        this.session = session;
    }

    /**
     * Connects, which blocks the calling thread.
     *
     * @param prepares what the pool does with new connections; null for nothing
     */
    public static LentLoop open(PoolConfig pool, SessionSource source, @Nullable Consumer<Session> prepares) {
        SharedLoops.Place place = LoopGroup.of(LoopGroup.SHARED).enter(source.transport());
        try {
            LoopSession session = source.openLent(place.loop(), BlockingWork.executor(), prepares);
            session.whenEnded(place::leave);
            return new LentLoop(pool, source, session);
        } catch (Throwable failure) {
            place.leave();
            throw failure;
        }
    }

    /** A connection for a borrower. */
    LoopConnection lend(Stock<Held> stock, Loan<Held> loan, LoopConnection.Describing describing) {
        LoopSession lent = session.lent();
        LoopConnection connection = new LoopConnection(
                pool.connection(), lent, describing, new LoopBorrowing(stock, loan, this, lent), null);
        loan.heldBy(connection);
        return connection;
    }

    /**
     * Makes the session clean for the next borrower, when all that was asked for is done.
     *
     * @param lent the session as the borrower had it
     * @param reused whether there will be another one
     * @return whether it was reset on the server; fails if it cannot be made clean
     */
    CompletableFuture<Boolean> clean(LoopSession lent, boolean reused) {
        CompletableFuture<Boolean> cleaned = lent.clean(CLEAN_WITHIN);
        return reused ? cleaned.thenCompose(this::reset) : cleaned.thenApply(traces -> false);
    }

    private CompletableFuture<Boolean> reset(boolean leftTraces) {
        if (pool.onReset() != null) {
            return refused("onReset");
        }
        SessionReset how = pool.sessionReset();
        if (how == SessionReset.NEVER || (how != SessionReset.ALWAYS && !leftTraces)) {
            return CompletableFuture.completedFuture(false);
        }
        if (pool.configure() != null) {
            return refused("configure");
        }
        CompletableFuture<?> reset = how == SessionReset.SETTINGS
                ? session.run(new Execution(session.dispatch(), "RESET ALL", new Object[0]), CLEAN_WITHIN)
                : session.reset(CLEAN_WITHIN, () -> {});
        // The reset is itself what leaves traces.
        return reset.thenCompose(done -> session.clean(CLEAN_WITHIN)).thenApply(traces -> true);
    }

    /** What the program does with a connection that was given back waits for answers; this one cannot. */
    private static CompletableFuture<Boolean> refused(String what) {
        return CompletableFuture.failedFuture(new InterfaceException(
                what + " needs a connection that waits for answers, so this one is closed and not lent again"));
    }

    @Override
    public Face face() {
        return Face.ASYNCHRONOUS;
    }

    @Override
    public boolean isClosed() {
        return session.isClosed();
    }

    @Override
    public boolean isInUse() {
        return session.isInUse();
    }

    @Override
    public CompletableFuture<?> check(Duration limit) {
        SessionInfo info = session.info();
        return session.run(ServerCheck.of(session.dispatch(), info.role(), info.server()), null)
                .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                .thenRun(() -> askedAt = System.nanoTime());
    }

    @Override
    public boolean isDue(long now) {
        return source.asksAgain() && now - askedAt >= source.validNanos();
    }

    @Override
    public Duration lifetime(Duration others) {
        return SessionSource.lifetime(session.info(), others);
    }

    @Override
    public void execute(Runnable what) {
        session.onLoop(what);
    }

    @Override
    public void close() {
        session.close();
    }
}
