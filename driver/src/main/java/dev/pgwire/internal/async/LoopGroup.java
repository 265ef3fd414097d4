package dev.pgwire.internal.async;

import dev.pgwire.async.EventLoops;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.loop.SharedLoops;

/** Event loops as programs see them. */
public final class LoopGroup implements EventLoops {
    /** Those of the process. */
    public static final LoopGroup SHARED =
            new LoopGroup("pgwire-loop", Runtime.getRuntime().availableProcessors() <= 2 ? 1 : 2);

    /** More make no sense: each can serve thousands of connections. */
    private static final int MOST = 1024;

    private final SharedLoops loops;

    private LoopGroup(String name, int threads) {
        loops = new SharedLoops(name, threads);
    }

    /**
     * A group of its own.
     *
     * @throws InterfaceException if the number is out of bounds
     */
    public static LoopGroup of(int threads) {
        if (threads < 1 || threads > MOST) {
            throw new InterfaceException("the number of event loops is " + threads + ", expected 1 to " + MOST);
        }
        return new LoopGroup("pgwire-own-loop", threads);
    }

    /**
     * The loops of a group.
     *
     * @throws InterfaceException if it is not one of ours
     */
    static SharedLoops of(EventLoops loops) {
        if (loops instanceof LoopGroup group) {
            return group.loops;
        }
        throw new InterfaceException("the event loops are a " + loops.getClass().getName()
                + ", expected EventLoops.shared() or EventLoops.of(threads)");
    }

    @Override
    public int threads() {
        return loops.count();
    }

    @Override
    public int connections() {
        return loops.users();
    }

    @Override
    public void close() {
        if (this != SHARED) {
            loops.close();
        }
    }

    @Override
    public String toString() {
        return "EventLoops[" + threads() + (threads() == 1 ? " thread, " : " threads, ") + connections()
                + " connections]";
    }
}
