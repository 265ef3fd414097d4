package dev.pgwire;

import dev.pgwire.config.Config;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.internal.session.Session;

/** Where it begins: connects to a server. */
public final class Postgres {
    private Postgres() {}

    /**
     * Connects with a connection string: keyword/value ({@code dbname=postgres user=cenrax}) or a URI
     * ({@code postgresql://cenrax@localhost/postgres}).
     *
     * @throws InterfaceException if the string cannot be read
     * @throws OperationalException if no connection can be made
     */
    public static Connection connect(String dsn) {
        return connect(Config.parse(dsn));
    }

    /**
     * Connects as configured.
     *
     * @throws OperationalException if no connection can be made
     */
    public static Connection connect(Config config) {
        return new Connection(config, Session.open(config));
    }
}
