package dev.pgwire;

import dev.pgwire.config.Config;
import dev.pgwire.internal.answer.KeptAnswer;
import dev.pgwire.internal.async.Lanes;
import dev.pgwire.internal.pool.Loan;
import dev.pgwire.internal.pool.Places;
import dev.pgwire.internal.pool.Stock;
import dev.pgwire.internal.sql.NamedSql;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import dev.pgwire.row.Answer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A pool of sessions. */
final class SessionPool implements Pool {
    /** Without a limit a server that vanished would hold up the one try that an outage allows. */
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);

    private final PoolConfig config;
    private final Stock<PooledSession> stock;
    private final Lanes lanes;

    private SessionPool(PoolConfig config, Config bounded) {
        this.config = config;
        this.stock = Stock.of(config, () -> PooledSession.open(config, bounded));
        this.lanes = new Lanes(
                bounded,
                config.lanes(),
                config.maxLifetime(),
                opensWithin(config),
                new LanePlaces(stock.places()),
                PooledSession.configuring(config));
    }

    static SessionPool of(PoolConfig config) {
        Config given = config.connection();
        Config bounded = given.connectTimeout().isZero()
                ? given.toBuilder().connectTimeout(CONNECTS_WITHIN).build()
                : given;
        return new SessionPool(config, bounded);
    }

    private static Duration opensWithin(PoolConfig config) {
        Duration deadline = config.deadline();
        return deadline != null && deadline.compareTo(config.acquireTimeout()) < 0 ? deadline : config.acquireTimeout();
    }

    @Override
    public Connection connection() {
        Loan<PooledSession> loan = stock.borrow();
        return loan.held().lend(loan, stock);
    }

    @Override
    public Answer execute(String sql, @Nullable Object... values) {
        Objects.requireNonNull(sql, "sql");
        @Nullable Object[] given = values == null ? new @Nullable Object[1] : values;
        NamedSql named = NamedSql.ofValues(sql, given, false);
        String text = named == null ? sql : named.sql();
        @Nullable Object[] ordered = named == null ? given : named.valuesOf(given[0]);
        if (lanes.takes(text)) {
            CompletableFuture<Answer> shared = lanes.execute(text, ordered, config.deadline(), KeptAnswer::of);
            if (shared != null) {
                return Lanes.await(shared);
            }
        }
        try (Connection own = connection()) {
            own.deadline(config.deadline());
            return own.whole(text, ordered);
        }
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
    }

    @Override
    public boolean drain(Duration limit) {
        lanes.close();
        return stock.drain(limit);
    }

    @Override
    public String toString() {
        PoolStats now = stats();
        return "Pool[" + config.name() + ", " + now.borrowed() + " borrowed, " + now.idle() + " idle, " + now.maxSize()
                + " at most" + (isClosed() ? ", closed" : "") + "]";
    }

    /** The lanes count as connections of the pool. */
    private record LanePlaces(Places<PooledSession> places) implements Lanes.Places {
        @Override
        public boolean reserve() {
            return places.reserve();
        }

        @Override
        public void unreserve() {
            places.unreserve();
        }
    }
}
