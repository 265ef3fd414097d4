package dev.pgwire.docs.stage;

import dev.pgwire.Connection;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.EventLoops;
import dev.pgwire.config.Config;
import dev.pgwire.notification.Subscriber;
import dev.pgwire.notification.SubscriberConfig;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import java.util.concurrent.CompletableFuture;

/** Stands in a snippet for the driver's own: whatever the connection string says, it leads to the test server. */
public final class Postgres {
    private Postgres() {}

    /** Reads the string as ever. */
    public static Connection connect(String dsn) {
        return connect(Config.parse(dsn));
    }

    /** Takes the server from the {@link Stage}, unless it is a scripted one. */
    public static Connection connect(Config config) {
        return Stage.current().connect(config);
    }

    /** Connects to the test server without waiting. */
    public static CompletableFuture<AsyncConnection> connectAsync(String dsn) {
        return connectAsync(Config.parse(dsn), EventLoops.shared());
    }

    /** The same on loops of the program's own. */
    public static CompletableFuture<AsyncConnection> connectAsync(Config config, EventLoops loops) {
        return dev.pgwire.Postgres.connectAsync(Stage.current().here(config), loops);
    }

    /** A pool as ever, of connections to the test server. */
    public static Pool pool(String dsn) {
        return pool(PoolConfig.of(dsn));
    }

    /** The same as configured. */
    public static Pool pool(PoolConfig config) {
        return dev.pgwire.Postgres.pool(
                config.toBuilder(Stage.current().here(config.connection())).build());
    }

    /** A subscriber as ever; its configuration is that of a connection that leads to the test server already. */
    public static Subscriber subscribe(SubscriberConfig config) {
        return dev.pgwire.Postgres.subscribe(config);
    }
}
