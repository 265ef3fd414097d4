package dev.pgwire.internal.loop;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a loop wait a moment before it asks for news, while a server has many statements to work off and its answers come one by one: a
 * wake-up for each costs both sides more than the statement. The statements at the end of the queue come no later for that. Used on
 * the loop's thread.
 */
public final class Pace implements SelectStrategy {
    /** With more statements than this at its server, a connection has a queue there that outlasts the pause. */
    private static final int MANY = 8;
    /** When a turn has ended as many as this, the wake-up was worth it. */
    private static final int FEW = 8;
    /** A system adds some 50 µs to it. */
    private static final long PAUSE_NANOS = 40_000;

    private int deep;
    private int ended;

    Pace() {}

    /** What one connection of the loop tells. */
    public final class Connection {
        private boolean isDeep;

        /** How many statements its server has not answered. */
        public void unanswered(int statements) {
            boolean now = statements > MANY;
            if (now != isDeep) {
                isDeep = now;
                deep += now ? 1 : -1;
            }
        }

        /** A statement has ended. */
        public void ended() {
            ended++;
        }
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (hasTasks) {
            return selectNow.get();
        }
        boolean pauses = deep > 0 && ended < FEW;
        ended = 0;
        if (pauses) {
            LockSupport.parkNanos(PAUSE_NANOS);
            int ready = selectNow.get();
            return ready > 0 ? ready : SelectStrategy.SELECT;
        }
        return SelectStrategy.SELECT;
    }
}
