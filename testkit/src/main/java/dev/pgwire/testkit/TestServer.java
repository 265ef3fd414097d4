package dev.pgwire.testkit;

import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server for tests. It hands out DSNs and nothing else: what is tested does the talking.
 *
 * <p>{@link #shared()} is the one that most tests want. {@link #embedded()} starts one with settings and authentication
 * rules of its own.
 */
public final class TestServer implements AutoCloseable {
    private static @Nullable TestServer shared;

    private final Dsn dsn;
    private final String kind;
    private final ServerVersion version;
    private final Runnable stop;

    TestServer(Dsn dsn, String kind, ServerVersion version, Runnable stop) {
        this.dsn = dsn;
        this.kind = kind;
        this.version = version;
        this.stop = stop;
    }

    /**
     * The server that all tests of this JVM share; it is started at the first call and stops with the JVM.
     *
     * <p>It is the one that the environment variable {@code PGWIRE_TEST_DSN} names; without it an embedded PostgreSQL;
     * where that cannot run, a container, if Testcontainers is on the class path and there is Docker. One line on
     * standard error says which it is.
     *
     * @throws IllegalStateException when there is no way to a server here
     */
    public static synchronized TestServer shared() {
        TestServer server = shared;
        if (server == null) {
            server = new ServerChoice(System.getenv()).start();
            System.err.println("pgwire test server: " + server.describe() + " on port " + server.port());
            shared = server;
        }
        return server;
    }

    /** An embedded server, whatever the environment says. */
    public static EmbeddedServer embedded() {
        return new EmbeddedServer();
    }

    /** The DSN of a superuser, in keyword/value form: {@code host=127.0.0.1 port=34567 user=postgres dbname=postgres}. */
    public String dsn() {
        return dsn.toString();
    }

    /** {@link #dsn()} and more keywords after it; of a keyword that comes twice, the later one counts. */
    public String dsn(String extra) {
        return dsn + " " + extra;
    }

    /** The host name or address in the DSN. */
    public String host() {
        return dsn.get("host");
    }

    /** The TCP port. */
    public int port() {
        return Integer.parseInt(dsn.get("port"));
    }

    /** The name of the superuser. */
    public String user() {
        return dsn.get("user");
    }

    /** The name of the database that the DSN leads to. */
    public String database() {
        return dsn.get("dbname");
    }

    /** What this is, for people: {@code embedded PostgreSQL 18.6}. */
    public String describe() {
        return kind + " PostgreSQL" + (version.isKnown() ? " " + version.text() : "");
    }

    /** 18 for PostgreSQL 18.6; 0 when it is not known, as for a server that wants TLS. */
    public int majorVersion() {
        return version.major();
    }

    /** Stops an embedded server. Does nothing to {@link #shared()}, which others still use, nor when called again. */
    @Override
    public void close() {
        stop.run();
    }

    /** The same server, which its user cannot stop. */
    TestServer withoutStop() {
        return new TestServer(dsn, kind, version, () -> {});
    }

    @Override
    public String toString() {
        return describe() + " on port " + port();
    }
}
