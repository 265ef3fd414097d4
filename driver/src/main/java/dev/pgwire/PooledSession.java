package dev.pgwire;

// HOT: lent and given back for each borrower

import dev.pgwire.error.PgException;
import dev.pgwire.internal.pool.Face;
import dev.pgwire.internal.pool.Held;
import dev.pgwire.internal.pool.Loan;
import dev.pgwire.internal.pool.Stock;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.session.SessionSource;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.SessionReset;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session that a pool holds, and what is done with it between two borrowers. */
final class PooledSession implements Held {
    /** A server that vanished must not hold up the thread that gives its connection back. */
    private static final Duration RESETS_WITHIN = Duration.ofSeconds(5);

    private final PoolConfig pool;
    private final Session session;
    /** Null while it is only prepared for others. */
    private final @Nullable SessionSource source;
    /** When the server was asked last whether it is what is wanted. */
    private volatile long askedAt = System.nanoTime();

    private PooledSession(PoolConfig pool, Session session, @Nullable SessionSource source) {
        this.pool = pool;
        this.session = session;
        this.source = source;
    }

    /** Connects, and does what the pool does with new connections. */
    static PooledSession open(PoolConfig pool, SessionSource source) {
        PooledSession opened = new PooledSession(pool, source.open(), source);
        try {
            opened.configure();
        } catch (Throwable failure) {
            opened.close();
            throw failure;
        }
        return opened;
    }

    /** What the pool does with new connections that are not lent; null for nothing. */
    static @Nullable Consumer<Session> configuring(PoolConfig pool) {
        return pool.configure() == null
                ? null
                : session -> new PooledSession(pool, session, null).hand(pool.configure());
    }

    private void configure() {
        if (hand(pool.configure())) {
            session.care().clear();
            session.care().takeTraces();
        }
    }

    /** Gives the session to code of the program for a while; returns whether there is some. */
    private boolean hand(@Nullable Consumer<Connection> code) {
        if (code != null) {
            Connection connection = new Connection(pool.connection(), session, null);
            if (!connection.autocommit()) {
                // What it sets is to stay.
                connection.autocommit(true);
            }
            code.accept(connection);
        }
        return code != null;
    }

    /** A connection for a borrower. */
    Connection lend(Loan<Held> loan, Stock<Held> stock) {
        Borrowing borrowing = new Borrowing(stock, loan);
        Connection connection = new Connection(pool.connection(), session.lent(borrowing::check), borrowing);
        loan.heldBy(connection);
        return connection;
    }

    /**
     * Makes the session clean for the next borrower.
     *
     * @return whether it was reset on the server
     * @throws PgException if it cannot be made clean
     */
    boolean clean() {
        session.care().clear();
        boolean resets = resetsOnServer();
        if (resets) {
            if (pool.sessionReset() == SessionReset.SETTINGS) {
                session.query("RESET ALL", RESETS_WITHIN);
            } else {
                session.deadline(RESETS_WITHIN);
                session.care().reset();
            }
            session.care().takeTraces();
            configure();
        }
        if (hand(pool.onReset())) {
            session.care().clear();
        }
        return resets;
    }

    private boolean resetsOnServer() {
        return switch (pool.sessionReset()) {
            case NEVER -> false;
            case SETTINGS, CHANGED -> session.care().takeTraces();
            case ALWAYS -> true;
        };
    }

    /** Takes the session back from a borrower. */
    static void takeBack(Stock<Held> stock, Loan<Held> loan, boolean reusable) {
        boolean clean = false;
        try {
            if (reusable && ((PooledSession) loan.held()).clean()) {
                stock.countReset();
            }
            clean = reusable;
        } catch (PgException unclean) {
            // It is closed, and the next borrower gets another one.
        } catch (RuntimeException failure) {
            Log.warn("what a pool was to do with a connection that was given back has failed", failure);
        } finally {
            if (clean) {
                stock.giveBack(loan);
            } else {
                stock.discard(loan);
            }
        }
    }

    @Override
    public Face face() {
        return Face.BLOCKING;
    }

    @Override
    public void execute(Runnable what) {
        what.run();
    }

    @Override
    public boolean isClosed() {
        return session.isClosed();
    }

    @Override
    public boolean isInUse() {
        return session.care().isInUse();
    }

    @Override
    public CompletableFuture<?> check(Duration limit) {
        try {
            session.care().check(limit);
            askedAt = System.nanoTime();
            return CompletableFuture.completedFuture(null);
        } catch (PgException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public boolean isDue(long now) {
        return source != null && source.asksAgain() && now - askedAt >= source.validNanos();
    }

    @Override
    public Duration lifetime(Duration others) {
        return SessionSource.lifetime(session.info(), others);
    }

    @Override
    public void close() {
        session.close();
    }
}
