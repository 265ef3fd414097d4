package dev.pgwire;

import dev.pgwire.config.Config;
import dev.pgwire.config.TargetSessionAttrs;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a pool has for reads: a pool of its own, which is made when it is first asked for. */
final class Reads {
    /** A standby that is back has its share of the connections after this time at the latest. */
    private static final Duration LONGEST_LIFETIME = Duration.ofMinutes(5);

    private static final String READ_ONLY = "default_transaction_read_only";

    private final PoolConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SessionPool pool;
    private boolean closed;

    Reads(PoolConfig config) {
        this.config = config;
    }

    /**
     * The pool.
     *
     * @throws InterfaceException if the pool that writes may be on a standby as well, or was closed
     */
    Pool pool() {
        lock.lock();
        try {
            SessionPool made = pool;
            if (made == null) {
                if (closed) {
                    throw new InterfaceException("the pool " + config.name() + " is closed, expected an open one");
                }
                made = SessionPool.toRead(configOf(config));
                pool = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** The pool, if there is one; from now on none is made. */
    private @Nullable SessionPool end() {
        lock.lock();
        try {
            closed = true;
            return pool;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the pool, if there is one. */
    void close() {
        SessionPool made = end();
        if (made != null) {
            made.close();
        }
    }

    /** Drains the pool, if there is one; returns whether all was given back. */
    boolean drain(Duration limit) {
        SessionPool made = end();
        return made == null || made.drain(limit);
    }

    /** What the pool for reads is made with. */
    static PoolConfig configOf(PoolConfig writing) {
        Config connection = writing.connection();
        checkRole(connection);
        int most = writing.maxReaders();
        Duration lifetime = writing.maxLifetime();
        boolean shorter = lifetime.isZero() || lifetime.compareTo(LONGEST_LIFETIME) > 0;
        return writing.toBuilder(connectionOf(connection))
                .name(writing.name() + "-reads")
                .maxSize(most)
                .minSize(Math.min(writing.minSize(), most))
                .maxLifetime(shorter ? LONGEST_LIFETIME : lifetime)
                // The server is asked before each borrowing then, and would have to be before each statement on a lane.
                .lanes(writing.validateAfter().isZero() ? 0 : Math.min(writing.lanes(), most - 1))
                .build();
    }

    /** Where reads are spread over several hosts, writes must find the primary among them. */
    private static void checkRole(Config connection) {
        TargetSessionAttrs role = connection.targetSessionAttrs();
        if (connection.hosts().size() > 1
                && role != TargetSessionAttrs.PRIMARY
                && role != TargetSessionAttrs.READ_WRITE) {
            throw new InterfaceException("the pool has several hosts and target_session_attrs=" + role.text()
                    + ", so that its own connections need not be on the primary; expected target_session_attrs=primary or"
                    + " read-write beside reads()");
        }
    }

    private static Config connectionOf(Config connection) {
        // A single host serves whatever it is.
        Config.Builder builder = connection.toBuilder()
                .targetSessionAttrs(
                        connection.hosts().size() > 1 ? TargetSessionAttrs.PREFER_STANDBY : TargetSessionAttrs.ANY)
                .set("load_balance_hosts", "random");
        String options = connection.options();
        if (options == null) {
            builder.options("-c " + READ_ONLY + "=on");
        } else if (!options.contains(READ_ONLY)) {
            builder.options(options + " -c " + READ_ONLY + "=on");
        }
        return builder.build();
    }
}
