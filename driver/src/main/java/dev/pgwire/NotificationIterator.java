package dev.pgwire;

import dev.pgwire.notification.Notification;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The notifications of a connection, each waited for when it is asked for. */
final class NotificationIterator implements Iterator<Notification> {
    private final ConnectionFacts connection;
    private final @Nullable Duration limit;
    private @Nullable Notification next;

    NotificationIterator(ConnectionFacts connection, @Nullable Duration limit) {
        this.connection = connection;
        this.limit = limit;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = connection.session().notifications().next(limit);
        }
        return next != null;
    }

    @Override
    public Notification next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no notification came within " + limit + ", expected hasNext() before");
        }
        Notification taken = next;
        next = null;
        return Objects.requireNonNull(taken);
    }
}
