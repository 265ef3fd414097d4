package dev.pgwire;

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.EventLoops;
import dev.pgwire.config.Config;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.internal.async.LoopConnection;
import dev.pgwire.internal.leak.Birth;
import dev.pgwire.internal.registry.ProgramCodecs;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.subscriber.LoopSubscriber;
import dev.pgwire.notification.Subscriber;
import dev.pgwire.notification.SubscriberConfig;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

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
        Birth birth = Birth.now(config.leakDetection());
        Session session = Session.open(config);
        Connection made = new Connection(config, session, null);
        session.care().belongsTo(made, birth);
        return made;
    }

    /**
     * Makes a pool of connections, with the defaults of {@link PoolConfig}. It connects when it is used.
     *
     * @throws InterfaceException if the string cannot be read
     */
    public static Pool pool(String dsn) {
        return pool(PoolConfig.of(dsn));
    }

    /** Makes a pool of connections, as configured. It connects in the background, and does not wait for that. */
    public static Pool pool(PoolConfig config) {
        return SessionPool.of(config);
    }

    /**
     * Connects with a connection string, without waiting.
     *
     * @return fails with {@link OperationalException} if no connection can be made. It is completed on a thread that may block
     * @throws InterfaceException if the string cannot be read
     */
    public static CompletableFuture<AsyncConnection> connectAsync(String dsn) {
        return connectAsync(Config.parse(dsn));
    }

    /** Connects as configured, without waiting; otherwise as {@link #connectAsync(String)}. */
    public static CompletableFuture<AsyncConnection> connectAsync(Config config) {
        return connectAsync(config, EventLoops.shared());
    }

    /** As {@link #connectAsync(Config)}, to live on event loops of the program's own. */
    public static CompletableFuture<AsyncConnection> connectAsync(Config config, EventLoops loops) {
        return LoopConnection.connect(config, loops, ConnectionInfo::of);
    }

    /**
     * Listens to channels on a connection of its own, which is made anew when it is lost. It connects in the background, see
     * {@link Subscriber#listening}.
     *
     * @throws InterfaceException if the name of a channel is empty
     */
    public static Subscriber subscribe(SubscriberConfig config) {
        return LoopSubscriber.start(config, ConnectionInfo::of);
    }

    /**
     * Has a codec serve all connections that this process makes from now on, unless their {@link Config} or they themselves have
     * another one of that name. For main programs: libraries share the process with others, and have a Config. Any thread may
     * call it.
     *
     * @param type the name of the type, see {@link Config.Builder#codec}
     * @param codec the codec, which replaces another one that was registered here under the same name
     */
    public static void codec(String type, Codec<?> codec) {
        ProgramCodecs.ofProcess(Objects.requireNonNull(type, "type"), Objects.requireNonNull(codec, "codec"));
    }

    /** Withdraws what {@link #codec} has registered under a name, from the connections that are made from now on. */
    public static void withoutCodec(String type) {
        ProgramCodecs.ofProcess(type, (Codec<?>) null);
    }

    /**
     * As {@link #codec}, of a conversion.
     *
     * @param conversion the conversion, which replaces another one of the same class that was registered here
     */
    public static void conversion(Conversion<?, ?> conversion) {
        ProgramCodecs.ofProcess(conversion.javaType(), conversion);
    }

    /** Withdraws what {@link #conversion} has registered for a class, from the connections that are made from now on. */
    public static void withoutConversion(Class<?> type) {
        ProgramCodecs.ofProcess(type, (Conversion<?, ?>) null);
    }
}
