package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.benchmarks.compare.server.Address;
import java.util.Locale;

/** The contestants that run in a JVM of their own, and how each is made. */
public enum Entrant {
    PGWIRE(address -> new Pgwire(address.config())),
    /** pgwire that looks for the answer for a while before it sleeps. */
    PGWIRE_BUSY_WAIT(address ->
            new Pgwire(address.configuration().set("busy_wait", "50us").build())),
    PGWIRE_PIPELINE(PgwirePipeline::new),
    PGWIRE_BULK(PgwireBulk::new),
    PGWIRE_COPY(address -> new PgwireCopy(address, "binary")),
    PGWIRE_COPY_TEXT(address -> new PgwireCopy(address, "text")),
    PGWIRE_COLUMNS(PgwireColumns::new),
    PGWIRE_ASYNC(PgwireAsync::new),
    PGWIRE_POOL(PgwirePool::new),
    PGJDBC(address -> new Pgjdbc(address, false)),
    /** pgjdbc that rewrites a batch of inserts to INSERTs of many rows. */
    PGJDBC_REWRITTEN(address -> new Pgjdbc(address, true)),
    /** pgjdbc in the pool that most programs have. */
    HIKARI(Hikari::new),
    VERTX(address -> new Vertx(address, false)),
    VERTX_EPOLL(address -> new Vertx(address, true)),
    VERTX_POOL(address -> new VertxPool(address, Contestant.MOST_CONNECTIONS)),
    /** vertx-pg-client's pipelining client, with a pool of the other connections for transactions. */
    VERTX_PIPELINING(address -> new VertxPool(address, Contestant.MOST_CONNECTIONS - VertxPool.LANES)),
    R2DBC(R2dbc::new),
    BYHAND(address -> new ByHand(address, StreamLink.open(address))),
    /** The same bytes in one write, one wait and one read of a socket channel: what is left when the driver is taken away. */
    BARE(address -> new ByHand(address, ChannelLink.open(address))),
    DRAIN(Drain::new);

    private interface Connector {
        Contestant connect(Address address) throws Exception;
    }

    private final Connector connector;

    Entrant(Connector connector) {
        this.connector = connector;
    }

    /** Connects it. */
    public Contestant connect(Address address) throws Exception {
        return connector.connect(address);
    }

    /** Its name in every output: {@code pgjdbc-rewritten}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one with a label. */
    public static Entrant of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
