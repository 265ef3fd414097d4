package dev.pgwire;

import dev.pgwire.config.Config;
import dev.pgwire.internal.pool.Loan;
import dev.pgwire.internal.pool.Stock;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import java.time.Duration;

/** A pool of sessions. */
final class SessionPool implements Pool {
    /** Without a limit a server that vanished would hold up the one try that an outage allows. */
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);

    private final PoolConfig config;
    private final Stock<PooledSession> stock;

    private SessionPool(PoolConfig config, Stock<PooledSession> stock) {
        this.config = config;
        this.stock = stock;
    }

    static SessionPool of(PoolConfig config) {
        Config given = config.connection();
        Config bounded = given.connectTimeout().isZero()
                ? given.toBuilder().connectTimeout(CONNECTS_WITHIN).build()
                : given;
        return new SessionPool(config, Stock.of(config, () -> PooledSession.open(config, bounded)));
    }

    @Override
    public Connection connection() {
        Loan<PooledSession> loan = stock.borrow();
        return loan.held().lend(loan, stock);
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
        stock.close();
    }

    @Override
    public boolean drain(Duration limit) {
        return stock.drain(limit);
    }

    @Override
    public String toString() {
        PoolStats now = stats();
        return "Pool[" + config.name() + ", " + now.borrowed() + " borrowed, " + now.idle() + " idle, " + now.maxSize()
                + " at most" + (isClosed() ? ", closed" : "") + "]";
    }
}
