package dev.pgwire.pool;

import dev.pgwire.Connection;
import dev.pgwire.config.Config;
import dev.pgwire.config.LeakDetection;
import dev.pgwire.error.InterfaceException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link Pool} is made with. Immutable; made by {@link #of}, {@link #builder} or {@link #toBuilder}. */
public final class PoolConfig {
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** More shared connections than this without being told would be more than most servers have processors for. */
    private static final int MOST_LANES = 4;

    private final Config connection;
    private final String name;
    private final int minSize;
    private final int maxSize;
    private final int maxWaiters;
    private final Duration acquireTimeout;
    private final Duration patience;
    private final Duration maxLifetime;
    private final Duration idleTimeout;
    private final Duration validateAfter;
    private final SessionReset sessionReset;
    private final @Nullable Consumer<Connection> configure;
    private final @Nullable Consumer<Connection> onReset;
    /** Null for that of the connections. */
    private final @Nullable LeakDetection leakDetection;

    private final Duration leakAfter;
    /** Null for the default. */
    private final @Nullable Integer lanes;

    private final @Nullable Duration deadline;
    /** Null for as many as may write. */
    private final @Nullable Integer maxReaders;

    private final @Nullable Duration maxLag;

    private PoolConfig(Builder builder) {
        connection = builder.connection;
        String given = builder.name;
        name = given == null ? "pool-" + NAMES.incrementAndGet() : given;
        minSize = builder.minSize;
        maxSize = builder.maxSize;
        maxWaiters = builder.maxWaiters;
        acquireTimeout = builder.acquireTimeout;
        patience = builder.patience;
        maxLifetime = builder.maxLifetime;
        idleTimeout = builder.idleTimeout;
        validateAfter = builder.validateAfter;
        sessionReset = builder.sessionReset;
        configure = builder.configure;
        onReset = builder.onReset;
        leakDetection = builder.leakDetection;
        leakAfter = builder.leakAfter;
        lanes = builder.lanes;
        deadline = builder.deadline;
        maxReaders = builder.maxReaders;
        maxLag = builder.maxLag;
    }

    /** The defaults, for connections that are made with a connection string. */
    public static PoolConfig of(String dsn) {
        return builder(dsn).build();
    }

    /** The defaults, for connections that are made as configured. */
    public static PoolConfig of(Config connection) {
        return builder(connection).build();
    }

    /** A builder in which all has its default. */
    public static Builder builder(String dsn) {
        return builder(Config.parse(dsn));
    }

    /** A builder in which all has its default. */
    public static Builder builder(Config connection) {
        return new Builder(connection);
    }

    /** A builder with all that this configuration has. */
    public Builder toBuilder() {
        return toBuilder(connection);
    }

    /** A builder with all that this configuration has, but for other connections. */
    public Builder toBuilder(Config connection) {
        Builder builder = new Builder(connection);
        builder.name = name;
        builder.minSize = minSize;
        builder.maxSize = maxSize;
        builder.maxWaiters = maxWaiters;
        builder.acquireTimeout = acquireTimeout;
        builder.patience = patience;
        builder.maxLifetime = maxLifetime;
        builder.idleTimeout = idleTimeout;
        builder.validateAfter = validateAfter;
        builder.sessionReset = sessionReset;
        builder.configure = configure;
        builder.onReset = onReset;
        builder.leakDetection = leakDetection;
        builder.leakAfter = leakAfter;
        builder.lanes = lanes;
        builder.deadline = deadline;
        builder.maxReaders = maxReaders;
        builder.maxLag = maxLag;
        return builder;
    }

    /** What each connection is made with. Credentials are asked for each time. */
    public Config connection() {
        return connection;
    }

    /** The name of the pool in messages and events. */
    public String name() {
        return name;
    }

    /** How many connections are kept, even if they are idle. */
    public int minSize() {
        return minSize;
    }

    /** How many connections there may be. */
    public int maxSize() {
        return maxSize;
    }

    /** How many borrowers may wait. */
    public int maxWaiters() {
        return maxWaiters;
    }

    /** How long a borrower waits. */
    public Duration acquireTimeout() {
        return acquireTimeout;
    }

    /** How long a borrower waits before no other overtakes it; zero for the strict order of coming. */
    public Duration patience() {
        return patience;
    }

    /** How old a connection may become; zero for any age. */
    public Duration maxLifetime() {
        return maxLifetime;
    }

    /** How long a connection may be idle before it is closed, if there are more than {@link #minSize}; zero for ever. */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /** How long a connection may have been idle before the server is asked whether it is still good; zero for each time. */
    public Duration validateAfter() {
        return validateAfter;
    }

    /** What is done on the server when a connection is given back. */
    public SessionReset sessionReset() {
        return sessionReset;
    }

    /** What is done with each new connection, or null. */
    public @Nullable Consumer<Connection> configure() {
        return configure;
    }

    /** What is done with each connection that was given back, or null. */
    public @Nullable Consumer<Connection> onReset() {
        return onReset;
    }

    /** How it is found out where connections were borrowed that are not given back. */
    public LeakDetection leakDetection() {
        return leakDetection != null ? leakDetection : connection.leakDetection();
    }

    /** How long a connection may be borrowed before that is reported as a leak; zero for ever. */
    public Duration leakAfter() {
        return leakAfter;
    }

    /** How many of the connections the statements of {@link Pool#execute} share at most. */
    public int lanes() {
        return lanes != null ? lanes : Math.min(MOST_LANES, maxSize / 2);
    }

    /** How long a statement of {@link Pool#execute} may take; null for any time. */
    public @Nullable Duration deadline() {
        return deadline;
    }

    /** How many connections {@link Pool#reads} may have. */
    public int maxReaders() {
        return maxReaders != null ? maxReaders : maxSize;
    }

    /** How far behind its primary a server of {@link Pool#reads} may be; null for any distance. */
    public @Nullable Duration maxLag() {
        return maxLag;
    }

    @Override
    public String toString() {
        return "PoolConfig[" + name + ", " + minSize + " to " + maxSize + " connections, " + connection + "]";
    }

    /** Collects the values of a {@link PoolConfig}. Not thread-safe. */
    public static final class Builder {
        private final Config connection;
        private @Nullable String name;
        private int minSize;
        private int maxSize = 10;
        private int maxWaiters = 10_000;
        private Duration acquireTimeout = Duration.ofSeconds(30);
        private Duration patience = Duration.ofMillis(10);
        private Duration maxLifetime = Duration.ofMinutes(30);
        private Duration idleTimeout = Duration.ofMinutes(10);
        private Duration validateAfter = Duration.ofSeconds(5);
        private SessionReset sessionReset = SessionReset.CHANGED;
        private @Nullable Consumer<Connection> configure;
        private @Nullable Consumer<Connection> onReset;
        private @Nullable LeakDetection leakDetection;
        private Duration leakAfter = Duration.ofMinutes(5);
        private @Nullable Integer lanes;
        private @Nullable Duration deadline;
        private @Nullable Integer maxReaders;
        private @Nullable Duration maxLag;

        private Builder(Config connection) {
            this.connection = Objects.requireNonNull(connection, "connection");
        }

        /** Sets the name of the pool in messages and events; {@code pool-1} and so on without it. */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        /** Sets how many connections are kept, even if they are idle; 0 without it: a pool that is not used holds nothing. */
        public Builder minSize(int minSize) {
            this.minSize = minSize;
            return this;
        }

        /** Sets how many connections there may be; 10 without it. More than the server has processors rarely helps. */
        public Builder maxSize(int maxSize) {
            this.maxSize = maxSize;
            return this;
        }

        /** Sets how many borrowers may wait, 10,000 without it: the next one fails at once, which is better than a queue without end. */
        public Builder maxWaiters(int maxWaiters) {
            this.maxWaiters = maxWaiters;
            return this;
        }

        /** Sets how long a borrower waits; 30 seconds without it. */
        public Builder acquireTimeout(Duration acquireTimeout) {
            this.acquireTimeout = Objects.requireNonNull(acquireTimeout, "acquireTimeout");
            return this;
        }

        /**
         * Sets how long a borrower waits before no other overtakes it; 10 milliseconds without it. Until then a thread that asks just when
         * a connection comes back gets it at once, while the one that waits is still waking up: that keeps connections at work where there
         * are more threads than processors. Zero for the strict order of coming.
         */
        public Builder patience(Duration patience) {
            this.patience = Objects.requireNonNull(patience, "patience");
            return this;
        }

        /**
         * Sets how old a connection may become, 30 minutes without it; zero for any age. It is closed up to a tenth of the time
         * earlier, so that not all are made anew at once. One that is borrowed is closed when it is given back.
         */
        public Builder maxLifetime(Duration maxLifetime) {
            this.maxLifetime = Objects.requireNonNull(maxLifetime, "maxLifetime");
            return this;
        }

        /** Sets how long a connection beyond {@link #minSize} may be idle before it is closed, 10 minutes without it; zero for ever. */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = Objects.requireNonNull(idleTimeout, "idleTimeout");
            return this;
        }

        /**
         * Sets how long a connection may have been idle before the server is asked whether it is still good, and still what
         * {@code target_session_attrs} wants; 5 seconds without it, zero for each time. A look at the socket, which costs nearly nothing, is
         * taken in any case.
         */
        public Builder validateAfter(Duration validateAfter) {
            this.validateAfter = Objects.requireNonNull(validateAfter, "validateAfter");
            return this;
        }

        /** Sets what is done on the server when a connection is given back; {@link SessionReset#CHANGED} without it. */
        public Builder sessionReset(SessionReset sessionReset) {
            this.sessionReset = Objects.requireNonNull(sessionReset, "sessionReset");
            return this;
        }

        /**
         * Sets what is done with each new connection before it is lent, and again after a reset on the server: say SET, or
         * {@link Connection#codec}. If it throws, the connection counts as one that could not be made.
         */
        public Builder configure(@Nullable Consumer<Connection> configure) {
            this.configure = configure;
            return this;
        }

        /** Sets what is done with each connection that was given back, when it is clean. If it throws, the connection is closed. */
        public Builder onReset(@Nullable Consumer<Connection> onReset) {
            this.onReset = onReset;
            return this;
        }

        /** Sets how it is found out where connections were borrowed that are not given back; as the connections' own
         * {@code leak_detection} without it. */
        public Builder leakDetection(LeakDetection leakDetection) {
            this.leakDetection = Objects.requireNonNull(leakDetection, "leakDetection");
            return this;
        }

        /** Sets how long a connection may be borrowed before that is reported, once, as a leak; 5 minutes without it, zero for ever. */
        public Builder leakAfter(Duration leakAfter) {
            this.leakAfter = Objects.requireNonNull(leakAfter, "leakAfter");
            return this;
        }

        /**
         * Sets how many of the connections the statements of {@link Pool#execute} share at most; half of {@link #maxSize} without it, and
         * no more than 4. They are opened when they are needed, and count as connections of the pool. 0 for none: then each statement
         * has a connection of its own.
         */
        public Builder lanes(int lanes) {
            this.lanes = lanes;
            return this;
        }

        /** Sets how long a call of {@link Pool#execute} may take, with its wait for a connection; any time without it, and with zero. */
        public Builder deadline(Duration deadline) {
            this.deadline = deadline.isZero() ? null : deadline;
            return this;
        }

        /** Sets how many connections {@link Pool#reads} may have; {@link #maxSize} without it. */
        public Builder maxReaders(int maxReaders) {
            this.maxReaders = maxReaders;
            return this;
        }

        /**
         * Sets how far behind its primary a server of {@link Pool#reads} may be; any distance without it, since a program that cares has
         * to say what it can bear. If no standby is within it, the primary serves.
         */
        public Builder maxLag(Duration maxLag) {
            this.maxLag = Objects.requireNonNull(maxLag, "maxLag");
            return this;
        }

        /**
         * Makes the configuration.
         *
         * @throws InterfaceException if a number or a time cannot be
         */
        public PoolConfig build() {
            PoolConfig config = new PoolConfig(this);
            PoolLimits.check(config);
            return config;
        }
    }
}
