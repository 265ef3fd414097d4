package dev.pgwire.docs.stage;

import dev.pgwire.Connection;
import dev.pgwire.config.Config;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;

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

    /** A pool as ever, of connections to the test server. */
    public static Pool pool(String dsn) {
        return pool(PoolConfig.of(dsn));
    }

    /** The same as configured. */
    public static Pool pool(PoolConfig config) {
        return dev.pgwire.Postgres.pool(
                config.toBuilder(Stage.current().here(config.connection())).build());
    }
}
