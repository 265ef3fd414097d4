package dev.pgwire.notification;

import dev.pgwire.async.EventLoops;
import dev.pgwire.config.Config;
import dev.pgwire.error.InterfaceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link Subscriber} is made with. Immutable; made by {@link #builder}. */
public final class SubscriberConfig {
    private final Config connection;
    private final List<String> channels;
    private final Consumer<Notification> onNotification;
    private final @Nullable Consumer<Gap> onGap;
    private final Duration heartbeat;
    private final Duration firstPause;
    private final Duration longestPause;
    private final EventLoops loops;
    private final @Nullable Executor executor;

    private SubscriberConfig(Builder builder, Consumer<Notification> onNotification) {
        connection = builder.connection;
        channels = List.copyOf(builder.channels);
        this.onNotification = onNotification;
        onGap = builder.onGap;
        heartbeat = builder.heartbeat;
        firstPause = builder.firstPause;
        longestPause = builder.longestPause;
        loops = builder.loops;
        executor = builder.executor;
    }

    /** A builder in which all has its default. */
    public static Builder builder(String dsn) {
        return builder(Config.parse(dsn));
    }

    /** A builder in which all has its default. */
    public static Builder builder(Config connection) {
        return new Builder(connection);
    }

    /** What each connection is made with. Credentials are asked for each time. */
    public Config connection() {
        return connection;
    }

    /** The channels that are listened to from the beginning. */
    public List<String> channels() {
        return channels;
    }

    /** What is told of each notification. */
    public Consumer<Notification> onNotification() {
        return onNotification;
    }

    /** What is told of each gap; null for nothing. */
    public @Nullable Consumer<Gap> onGap() {
        return onGap;
    }

    /** How often the server is asked whether it is still there, and how long it has to answer. */
    public Duration heartbeat() {
        return heartbeat;
    }

    /** How long is waited at most before the first attempt to connect anew. */
    public Duration firstPause() {
        return firstPause;
    }

    /** How long is waited at most before any attempt. */
    public Duration longestPause() {
        return longestPause;
    }

    /** On which the connection lives. */
    public EventLoops loops() {
        return loops;
    }

    /** What calls the listeners; null for a thread of the subscriber's own. */
    public @Nullable Executor executor() {
        return executor;
    }

    /** Collects what a subscriber is made with. */
    public static final class Builder {
        private final Config connection;
        private final List<String> channels = new ArrayList<>();
        private @Nullable Consumer<Notification> onNotification;
        private @Nullable Consumer<Gap> onGap;
        private Duration heartbeat = Duration.ofSeconds(30);
        private Duration firstPause = Duration.ofMillis(100);
        private Duration longestPause = Duration.ofSeconds(10);
        private EventLoops loops = EventLoops.shared();
        private @Nullable Executor executor;

        private Builder(Config connection) {
            this.connection = Objects.requireNonNull(connection, "connection");
        }

        /** Adds channels, by their names as the catalog would have them. */
        public Builder channels(String... names) {
            channels.addAll(List.of(names));
            return this;
        }

        /** Sets what is told of each notification. Required. */
        public Builder onNotification(Consumer<Notification> listener) {
            onNotification = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Sets what is told of each gap. */
        public Builder onGap(Consumer<Gap> listener) {
            onGap = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Sets how often the server is asked whether it is still there, and how long it has to answer; 30 seconds until it is set. */
        public Builder heartbeat(Duration heartbeat) {
            this.heartbeat = positive("heartbeat", heartbeat);
            return this;
        }

        /**
         * Sets the pauses before attempts to connect: each is between the half and the whole of a time, which doubles from the first to the
         * longest. They are 100 ms and 10 seconds until they are set.
         */
        public Builder pauses(Duration first, Duration longest) {
            firstPause = positive("first pause", first);
            longestPause = positive("longest pause", longest);
            return this;
        }

        /** Sets on which event loops the connection lives; the shared ones until it is set. */
        public Builder loops(EventLoops loops) {
            this.loops = Objects.requireNonNull(loops, "loops");
            return this;
        }

        /** Sets what calls the listeners; a daemon thread of the subscriber's own until it is set. */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * The configuration.
         *
         * @throws InterfaceException if there is no listener to notifications
         */
        public SubscriberConfig build() {
            Consumer<Notification> listener = onNotification;
            if (listener == null) {
                throw new InterfaceException("no listener to notifications is given, expected onNotification(...)");
            }
            return new SubscriberConfig(this, listener);
        }

        private static Duration positive(String what, Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new InterfaceException("the " + what + " is " + time + ", expected a positive time");
            }
            return time;
        }
    }
}
