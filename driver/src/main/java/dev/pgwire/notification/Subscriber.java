package dev.pgwire.notification;

import dev.pgwire.error.InterfaceException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Listens to channels on a connection of its own, whatever happens to that: it connects anew, with a pause that grows, listens again,
 * and tells of the {@link Gap}. Made by {@link dev.pgwire.Postgres#subscribe}. The connection lives on an event loop; the listeners are
 * called one at a time, in the order of what happened, by the executor of its {@link SubscriberConfig}, and may block it.
 *
 * <p>What comes while a listener is busy waits for it: at most 65,536 notifications, and at most 8 MiB, as
 * {@link Notification#missed} counts. A connection whose server does not answer a question now and then ({@link
 * SubscriberConfig#heartbeat}) counts as lost. May be used by any thread. Programs do not implement it.
 */
public interface Subscriber extends AutoCloseable {
    /**
     * Is done when it listens for the first time. A failure before that which waiting will not mend (a wrong password, no such database, TLS
     * that is refused) ends the subscriber, and this fails with it; any other has it try again.
     */
    CompletableFuture<@Nullable Void> listening();

    /**
     * Listens to more channels, from now on and after each new connection.
     *
     * @return done when it listens to them on the present connection; at once if there is none at present
     * @throws InterfaceException if a name is empty, none is given, or the subscriber is closed
     */
    CompletableFuture<@Nullable Void> listen(String... channels);

    /** Listens no more to channels, or to none at all if none is named; otherwise as {@link #listen}. */
    CompletableFuture<@Nullable Void> unlisten(String... channels);

    /** The channels that it listens to, or will when it is connected. */
    Set<String> channels();

    /** Whether it listens at present, as far as it is known. */
    boolean isListening();

    /** Listens no more, and closes the connection. What has come already may still be told. */
    @Override
    void close();
}
