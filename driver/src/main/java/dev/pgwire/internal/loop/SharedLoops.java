package dev.pgwire.internal.loop;

import dev.pgwire.config.SocketTransport;
import dev.pgwire.error.InterfaceException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Event loops that connections are spread over, of each transport as many. A loop begins with the first connection on it, and ends
 * with its last.
 */
public final class SharedLoops {
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final int count;
    /** Those of one transport behind those of the other. */
    private final @Nullable SharedLoop[] loops;

    private final int[] users;
    private boolean closed;

    /** Loops whose threads have names that begin so. */
    public SharedLoops(String name, int count) {
        this.name = name;
        this.count = count;
        this.loops = new @Nullable SharedLoop[SocketTransport.values().length * count];
        this.users = new int[loops.length];
    }

    /** A place on a loop, which is given back once. */
    public final class Place {
        private final int index;
        private final SharedLoop loop;
        private boolean left;

        private Place(int index, SharedLoop loop) {
            this.index = index;
            this.loop = loop;
        }

        /** The loop. */
        public SharedLoop loop() {
            return loop;
        }

        /** Gives the place back; does nothing the second time. */
        public void leave() {
            lock.lock();
            try {
                if (!left) {
                    left = true;
                    SharedLoops.this.leave(index);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** How many loops there may be of a transport. */
    public int count() {
        return count;
    }

    /**
     * A place for a connection, on the loop that has the fewest.
     *
     * @throws InterfaceException if the loops were closed, or the transport cannot be used here
     */
    public Place enter(SocketTransport transport) {
        lock.lock();
        try {
            if (closed) {
                throw new InterfaceException("the event loops are closed, expected open ones");
            }
            int first = transport.ordinal() * count;
            int least = first;
            for (int i = first + 1; i < first + count; i++) {
                least = users[i] < users[least] ? i : least;
            }
            SharedLoop loop = loops[least];
            if (loop == null) {
                loop = new SharedLoop(name, transport);
                loops[least] = loop;
            }
            users[least]++;
            return new Place(least, loop);
        } finally {
            lock.unlock();
        }
    }

    private void leave(int index) {
        SharedLoop loop = loops[index];
        if (--users[index] == 0 && loop != null) {
            loops[index] = null;
            loop.close();
        }
    }

    /** How many connections live on the loops. */
    public int users() {
        lock.lock();
        try {
            int all = 0;
            for (int each : users) {
                all += each;
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more connections; those that are there go on. */
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
