package dev.pgwire.laboratory.capture.stream;

import dev.pgwire.laboratory.capture.network.Segment;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What one end sends. Numbers of bytes are counted on beyond 32 bits. */
final class Half {
    /** Farther than this a number is no neighbour: no window of TCP is half as large. */
    private static final int FAR = 1 << 28;

    private final PriorityQueue<Held> held = new PriorityQueue<>();
    /** The number of the first byte that was not delivered; -1 before any is known. */
    private long next = -1;

    private boolean begun;
    private boolean finished;
    /** How far the other end has acknowledged. */
    private long acknowledged = -1;
    /** Where a segment begins that is far from all others; -1 for none. */
    private long island = -1;

    /** Whether it is known where its bytes begin or go on. */
    boolean isKnown() {
        return next >= 0;
    }

    /** Whether its first byte is known. */
    boolean hasBegun() {
        return begun;
    }

    boolean isFinished() {
        return finished;
    }

    long next() {
        return next;
    }

    /** Its first byte has this number, as its SYN says. */
    void begin(int sequence) {
        next = sequence & 0xFFFF_FFFFL;
        begun = true;
    }

    /** What was captured of it begins with this number. */
    void beginInTheMiddle(int sequence) {
        next = sequence & 0xFFFF_FFFFL;
    }

    /** The number of a byte, with the bits above 32 that bring it nearest to the next one. */
    long unwrap(int sequence) {
        return next + (sequence - (int) next);
    }

    boolean isFar(long number) {
        return Math.abs(number - next) > FAR;
    }

    /** Whether a number is far from all that came, but near to one that was so as well. */
    boolean isIsland(long number) {
        if (island >= 0 && Math.abs(number - island) <= FAR) {
            island = -1;
            return true;
        }
        island = number;
        return false;
    }

    void acknowledge(long number) {
        acknowledged = Math.max(acknowledged, number);
    }

    /** How many bytes the other end has acknowledged that never came. */
    long missingAtTheEnd() {
        return finished || !isKnown() ? 0 : Math.max(0, acknowledged - next);
    }

    void hold(Held segment) {
        held.add(segment);
    }

    @Nullable
    Held first() {
        return held.peek();
    }

    void take() {
        held.remove();
    }

    void deliver(int count) {
        next += count;
    }

    void jump(long to) {
        next = to;
    }

    void finish() {
        next++;
        finished = true;
    }

    /** A segment that waits for others. */
    record Held(long sequence, long order, Segment segment) implements Comparable<Held> {
        /** What it costs beside its bytes. */
        private static final int OVERHEAD = 160;

        int cost() {
            return OVERHEAD + segment.bytes().length;
        }

        @Override
        public int compareTo(Held other) {
            int before = Long.compare(sequence, other.sequence);
            return before == 0 ? Long.compare(order, other.order) : before;
        }
    }
}
