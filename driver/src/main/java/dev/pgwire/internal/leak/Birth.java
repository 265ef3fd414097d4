package dev.pgwire.internal.leak;

import dev.pgwire.config.LeakDetection;
import dev.pgwire.internal.server.Log;
import java.lang.ref.Cleaner;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * That a connection was made which belongs to the program. When the program cannot reach it any more and has not closed it, that is
 * reported, and the connection is closed. Any thread may use it.
 */
public final class Birth {
    /** One connection of this number keeps its stack; a power of two. */
    private static final int SAMPLE = 8;

    private final @Nullable Throwable stack;
    private volatile @Nullable Watch watch;

    /** A session as it is looked after. It must not refer to what the program holds. */
    public interface Owned {
        /** Runs something where the other methods may be called. */
        void look(Runnable how);

        /** Whether a call, or what a call has left open, still needs it. */
        boolean isInUse();

        /** Whether it was closed or lost. */
        boolean isClosed();

        /** Closes it, without waiting. */
        void close();

        /** What it is, as a report names it. */
        String shown();
    }

    private Birth(@Nullable Throwable stack) {
        this.stack = stack;
    }

    /** The birth of a connection that the calling thread wants; null if those that are forgotten are not looked for. */
    public static @Nullable Birth now(LeakDetection how) {
        return how == LeakDetection.OFF ? null : new Birth(stack(how, SAMPLE, "the connection was made here"));
    }

    /**
     * The stack of the calling thread, if it is kept.
     *
     * @param sample that of one in this number is kept where not all are; a power of two
     */
    public static @Nullable Throwable stack(LeakDetection how, int sample, String text) {
        boolean keeps = how == LeakDetection.ALWAYS
                || (how == LeakDetection.SAMPLED && (ThreadLocalRandom.current().nextInt() & (sample - 1)) == 0);
        return keeps ? new Throwable(text) : null;
    }

    /** Looks after a session until {@link #ends}, or until the program cannot reach its user any more. */
    public void watch(Object user, Owned session) {
        Watch begun = new Watch(session, stack);
        watch = begun;
        begun.begin(user);
    }

    /** The session is closed. */
    public void ends() {
        Watch begun = watch;
        if (begun != null) {
            watch = null;
            begun.end();
        }
    }

    private static final class Watch implements Runnable {
        /** Has one thread for all connections of the process, which begins with the first that is looked after. */
        private static final Cleaner CLEANER = Cleaner.create(new ThreadFactory() {
            @Override
            public Thread newThread(Runnable cleaner) {
                Thread thread = new Thread(null, cleaner, "pgwire-cleaner", 0, false);
                thread.setDaemon(true);
                thread.setContextClassLoader(null);
                return thread;
            }
        });

        private final Owned session;
        private final @Nullable Throwable stack;
        private volatile Cleaner.@Nullable Cleanable registered;
        private volatile boolean over;
        private volatile boolean suspected;

        Watch(Owned session, @Nullable Throwable stack) {
            this.session = session;
            this.stack = stack;
        }

        void begin(Object user) {
            registered = CLEANER.register(user, this);
        }

        void end() {
            over = true;
            Objects.requireNonNull(registered).clean();
        }

        /** The program cannot reach the user any more. */
        @Override
        public void run() {
            if (!over) {
                session.look(this::look);
            }
        }

        private void look() {
            if (over) {
                return;
            }
            if (session.isInUse() || !suspected) {
                // A compiler may count the user as unreachable while its last call begins, or runs. The next collection
                // finds out.
                suspected = true;
                begin(new Object());
                return;
            }
            over = true;
            if (!session.isClosed()) {
                report();
            }
            session.close();
        }

        private void report() {
            String text =
                    "a connection was never closed and is not reachable any more, so it is closed: " + session.shown();
            if (stack == null) {
                Log.warn(text + "; leak_detection=always shows where it was made");
            } else {
                Log.warn(text, stack);
            }
        }
    }
}
