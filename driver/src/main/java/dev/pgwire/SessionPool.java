package dev.pgwire;

import dev.pgwire.config.Config;
import dev.pgwire.internal.answer.KeptAnswer;
import dev.pgwire.internal.async.Lanes;
import dev.pgwire.internal.async.LentLoop;
import dev.pgwire.internal.async.LoopPool;
import dev.pgwire.internal.pool.Beside;
import dev.pgwire.internal.pool.Face;
import dev.pgwire.internal.pool.Held;
import dev.pgwire.internal.pool.Loan;
import dev.pgwire.internal.pool.Places;
import dev.pgwire.internal.pool.Stock;
import dev.pgwire.internal.session.SessionSource;
import dev.pgwire.internal.sql.Given;
import dev.pgwire.pool.AsyncPool;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import dev.pgwire.row.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A pool of sessions. */
final class SessionPool implements Pool {
    /** Without a limit a server that vanished would hold up the one try that an outage allows. */
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);

    private final PoolConfig config;
    private final Stock<Held> stock;
    private final Lanes lanes;
    private final AsyncPool async;
    /** Null if this is the pool for reads. */
    private final @Nullable Reads reads;

    private SessionPool(PoolConfig config, SessionSource source, @Nullable Reads reads) {
        this.config = config;
        this.reads = reads;
        // Before anything begins that would have to be ended.
        source.requireTransport();
        this.stock = Stock.of(config, face -> open(config, source, face));
        Places<Held> places = stock.places();
        this.lanes = new Lanes(
                source,
                config.lanes(),
                config.maxLifetime(),
                config.idleTimeout(),
                opensWithin(config),
                new LanePlaces(places),
                PooledSession.configuring(config));
        places.takenBy(new LanesBeside(lanes));
        this.async = new LoopPool(config, stock, lanes, ConnectionInfo::of);
    }

    private static Held open(PoolConfig config, SessionSource source, Face face) {
        return face == Face.BLOCKING
                ? PooledSession.open(config, source)
                : LentLoop.open(config, source, PooledSession.configuring(config));
    }

    static SessionPool of(PoolConfig config) {
        return new SessionPool(config, SessionSource.of(bounded(config.connection())), new Reads(config));
    }

    /** A pool for reads. */
    static SessionPool toRead(PoolConfig config) {
        Config bounded = bounded(config.connection());
        return new SessionPool(config, SessionSource.reading(bounded, config.maxLag(), config.validateAfter()), null);
    }

    private static Config bounded(Config given) {
        return given.connectTimeout().isZero()
                ? given.toBuilder().connectTimeout(CONNECTS_WITHIN).build()
                : given;
    }

    private static Duration opensWithin(PoolConfig config) {
        Duration deadline = config.deadline();
        return deadline != null && deadline.compareTo(config.acquireTimeout()) < 0 ? deadline : config.acquireTimeout();
    }

    @Override
    public Connection connection() {
        return connection(null);
    }

    private Connection connection(@Nullable Duration within) {
        Loan<Held> loan = stock.borrow(within);
        return ((PooledSession) loan.held()).lend(loan, stock);
    }

    @Override
    public Answer execute(String sql, @Nullable Object... values) {
        Given given = Given.of(sql, values, false);
        long since = System.nanoTime();
        if (lanes.takes(given.sql())) {
            CompletableFuture<Answer> shared =
                    lanes.execute(given.sql(), given.values(), config.deadline(), KeptAnswer::of);
            if (shared != null) {
                return Lanes.await(shared);
            }
        }
        try (Connection own = connection(Lanes.left(config.deadline(), since))) {
            own.deadline(Lanes.left(config.deadline(), since));
            if (!own.autocommit()) {
                // Nothing commits behind it.
                own.autocommit(true);
            }
            return own.whole(given.sql(), given.values());
        }
    }

    @Override
    public AsyncPool async() {
        return async;
    }

    @Override
    public Pool reads() {
        return reads == null ? this : reads.pool();
    }

    @Override
    public PoolStats stats() {
        return stock.stats();
    }

    @Override
    public PoolConfig config() {
        return config;
    }

    @Override
    public boolean isClosed() {
        return stock.isClosed();
    }

    @Override
    public void close() {
        lanes.close();
        stock.close();
        if (reads != null) {
            reads.close();
        }
    }

    @Override
    public boolean drain(Duration limit) {
        stock.refuseToBlock();
        long begun = System.nanoTime();
        close();
        boolean all = stock.drain(limit);
        lanes.abort();
        if (reads == null) {
            return all;
        }
        Duration left = limit.minusNanos(System.nanoTime() - begun);
        return reads.drain(left.isNegative() ? Duration.ZERO : left) && all;
    }

    @Override
    public String toString() {
        PoolStats now = stats();
        return "Pool[" + config.name() + ", " + now.borrowed() + " borrowed, " + now.idle() + " idle, " + now.maxSize()
                + " at most" + (isClosed() ? ", closed" : "") + "]";
    }

    /** The lanes are looked after with the connections of the pool. */
    private record LanesBeside(Lanes lanes) implements Beside {
        @Override
        public void care(long now) {
            lanes.care(now);
        }

        @Override
        public int open() {
            return lanes.open();
        }

        @Override
        public int inFlight() {
            return lanes.inFlight();
        }

        @Override
        public long statements() {
            return lanes.statements();
        }
    }

    /** The lanes count as connections of the pool. */
    private record LanePlaces(Places<Held> places) implements Lanes.Places {
        @Override
        public boolean reserve() {
            return places.reserve();
        }

        @Override
        public boolean areWanted() {
            return places.areWanted();
        }

        @Override
        public void connected() {
            places.connected();
        }

        @Override
        public void unreserve(Throwable failure) {
            places.unreserve(failure);
        }

        @Override
        public void unreserve() {
            places.unreserve();
        }
    }
}
