package dev.pgwire.laboratory.capture.stream;

import dev.pgwire.laboratory.capture.network.Endpoint;
import dev.pgwire.laboratory.capture.network.Segment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Segments come as they were captured: repeated, overlapping, out of order. A segment waits until all bytes before it
 * were delivered, and all that its sender had acknowledged; what waits too long, or is too much, goes on without what is missing.
 */
public final class TcpConnection {
    /** How many segments with data tell where a connection begins in a capture that has not seen its beginning. */
    private static final int SETTLING = 8;

    private static final int MOST_HELD = 8 * 1024 * 1024;
    private static final long PATIENCE = 10_000_000_000L;

    private final Endpoint[] endpoints;
    private final Half[] halves = {new Half(), new Half()};
    private final Held allHeld;
    private final List<Segment> settling = new ArrayList<>();
    private @Nullable StreamListener listener;
    private boolean settled;
    private int client = -1;
    /** The number of the SYN of the client. */
    private int opening;

    private long asked = -1;
    private long answered = -1;
    private long order;
    private int held;
    private long time;
    private @Nullable StreamEnd end;

    /** How much all connections hold together. */
    static final class Held {
        private static final int MOST = 64 * 1024 * 1024;

        private long bytes;

        boolean isTooMuch() {
            return bytes > MOST;
        }
    }

    TcpConnection(Segment first, Held allHeld) {
        this.endpoints = new Endpoint[] {first.source(), first.target()};
        this.allHeld = allHeld;
    }

    void listener(StreamListener told) {
        listener = told;
    }

    /** The address and port of an end: 0 is the one whose packet was captured first. */
    public Endpoint endpoint(int which) {
        return endpoints[which];
    }

    /** The end that has opened the connection; -1 if that was not captured. */
    public int client() {
        return client;
    }

    /** Whether the first bytes of this end were sent within the capture. */
    public boolean isFromTheBeginning(int which) {
        return halves[which].hasBegun();
    }

    /** When the client asked for the connection, in nanoseconds since 1970; -1 if that was not captured. */
    public long askedAt() {
        return asked;
    }

    /** When the server answered it; -1 if that was not captured. */
    public long answeredAt() {
        return answered;
    }

    /** The number of the SYN that has opened it; 0 if that was not captured. */
    int opening() {
        return opening;
    }

    boolean hasEnded() {
        return end != null;
    }

    /** Whether a segment asks for a new connection between the same ends. */
    boolean isReplacedBy(Segment segment) {
        if (!segment.isSyn() || segment.isAck()) {
            return false;
        }
        return client < 0 ? settled : client != from(segment) || opening != segment.sequence();
    }

    private int from(Segment segment) {
        return segment.source().equals(endpoints[0]) ? 0 : 1;
    }

    private StreamListener told() {
        StreamListener told = listener;
        if (told == null) {
            throw new IllegalStateException("nothing listens to the connection");
        }
        return told;
    }

    void add(Segment segment) {
        if (hasEnded()) {
            return;
        }
        time = Math.max(time, segment.time());
        int from = from(segment);
        if (segment.isSyn()) {
            synchronize(segment, from);
        } else if (segment.isReset()
                && answered < 0
                && client == 1 - from
                && halves[client].hasBegun()
                && !halves[from].isKnown()) {
            end(StreamEnd.REFUSED);
            return;
        }
        acknowledge(segment, from);
        if (segment.size() == 0 && !segment.isFin() && !segment.isReset()) {
            return;
        }
        if (!settled) {
            settling.add(segment);
            if (settling.size() >= SETTLING || client >= 0 && halves[0].hasBegun() && halves[1].hasBegun()) {
                settle();
            }
        } else {
            hold(segment, from);
        }
        deliver();
    }

    private void synchronize(Segment segment, int from) {
        int opener = segment.isAck() ? 1 - from : from;
        if (client < 0) {
            client = opener;
            opening = segment.isAck() ? segment.acknowledged() - 1 : segment.sequence();
        }
        if (!settled && !halves[from].isKnown()) {
            halves[from].begin(segment.sequence() + 1);
        }
        if (segment.isAck()) {
            if (!settled && !halves[opener].isKnown()) {
                halves[opener].begin(segment.acknowledged());
            }
            answered = answered < 0 ? segment.time() : answered;
        } else {
            asked = asked < 0 ? segment.time() : asked;
        }
    }

    private void acknowledge(Segment segment, int from) {
        Half other = halves[1 - from];
        boolean isFirst = halves[from].hasBegun() && halves[from].unwrap(segment.sequence()) == halves[from].next();
        if (segment.isAck() && !other.isKnown() && from == client && isFirst) {
            // What a client has seen before it says anything is the server's SYN.
            other.begin(segment.acknowledged());
        }
        if (segment.isAck() && other.isKnown()) {
            long number = other.unwrap(segment.acknowledged());
            if (!other.isFar(number)) {
                other.acknowledge(number);
            }
        }
    }

    private void settle() {
        settled = true;
        for (Segment segment : settling) {
            Half half = halves[from(segment)];
            if (!half.isKnown() || !half.hasBegun() && half.unwrap(segment.sequence()) < half.next()) {
                half.beginInTheMiddle(segment.sequence());
            }
        }
        for (Segment segment : settling) {
            hold(segment, from(segment));
        }
        settling.clear();
    }

    private void hold(Segment segment, int from) {
        Half half = halves[from];
        int first = segment.isSyn() ? segment.sequence() + 1 : segment.sequence();
        if (!half.isKnown()) {
            half.beginInTheMiddle(first);
        }
        long sequence = half.unwrap(first);
        if (half.isFar(sequence) && !segment.isReset()) {
            if (!half.isIsland(sequence)) {
                return;
            }
            letGo();
            told().hole(from, segment.time(), -1);
            half.jump(sequence);
        }
        if (segment.isReset()) {
            // It stands behind all that came, whatever its number.
            sequence = half.isFar(sequence) ? half.next() : Math.max(sequence, half.next());
        }
        Half.Held waiting = new Half.Held(sequence, order++, segment);
        half.hold(waiting);
        held += waiting.cost();
        allHeld.bytes += waiting.cost();
    }

    private void deliver() {
        while (!hasEnded()) {
            if (deliverFirst(0) || deliverFirst(1)) {
                continue;
            }
            Half.Held first = earliest();
            if (first == null
                    || held <= MOST_HELD
                            && !allHeld.isTooMuch()
                            && time - first.segment().time() <= PATIENCE) {
                return;
            }
            goOnWithout(first);
        }
    }

    /** Delivers what stands first of one end, if all that it needs is there. */
    private boolean deliverFirst(int from) {
        Half.Held first = halves[from].first();
        if (first == null || first.sequence() > halves[from].next() || waitsForTheOther(first, from)) {
            return false;
        }
        deliver(first, from);
        return true;
    }

    private boolean waitsForTheOther(Half.Held first, int from) {
        Half other = halves[1 - from];
        if (!first.segment().isAck() || !other.isKnown()) {
            return false;
        }
        long needed = other.unwrap(first.segment().acknowledged());
        return needed > other.next() && !other.isFar(needed);
    }

    private void deliver(Half.Held first, int from) {
        Half half = halves[from];
        half.take();
        held -= first.cost();
        allHeld.bytes -= first.cost();
        Segment segment = first.segment();
        long known = half.next() - first.sequence();
        if (known < segment.captured()) {
            int skipped = (int) known;
            int count = segment.captured() - skipped;
            half.deliver(count);
            told().data(from, segment.time(), segment.bytes(), segment.from() + skipped, count);
            known = segment.captured();
        }
        if (known < segment.size() && !isHeldOtherwise(half)) {
            int count = (int) (segment.size() - known);
            half.deliver(count);
            told().hole(from, segment.time(), count);
        }
        if (segment.isReset()) {
            end(StreamEnd.RESET);
        } else if (segment.isFin() && !half.isFinished() && half.next() == first.sequence() + segment.size()) {
            half.finish();
            if (halves[0].isFinished() && halves[1].isFinished()) {
                end(StreamEnd.CLOSED);
            }
        }
    }

    /** Whether another copy of the next bytes is there, which may have more of them. */
    private static boolean isHeldOtherwise(Half half) {
        Half.Held first = half.first();
        return first != null
                && first.sequence() <= half.next()
                && first.sequence() + first.segment().captured() > half.next();
    }

    private Half.@Nullable Held earliest() {
        Half.Held one = halves[0].first();
        Half.Held other = halves[1].first();
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.order() < other.order() ? one : other;
    }

    /** Something is missing before this segment, or before what it answers, and is waited for no longer. */
    private void goOnWithout(Half.Held first) {
        int from = halves[0].first() == first ? 0 : 1;
        Half.Held ofOther = halves[1 - from].first();
        if (ofOther != null && waitsForTheOther(first, from) && ofOther.sequence() > halves[1 - from].next()) {
            // What was sent before comes first, also with its hole.
            leap(ofOther, 1 - from);
        } else if (first.sequence() > halves[from].next()) {
            leap(first, from);
        } else {
            deliver(first, from);
        }
    }

    private void leap(Half.Held to, int from) {
        Half half = halves[from];
        long count = to.sequence() - half.next();
        half.jump(to.sequence());
        told().hole(from, to.segment().time(), count);
    }

    private void letGo() {
        if (!settled) {
            settle();
        }
        for (Half.Held first = earliest(); first != null && !hasEnded(); first = earliest()) {
            if (!deliverFirst(0) && !deliverFirst(1)) {
                goOnWithout(first);
            }
        }
    }

    /** Gives out what still waits, and says that there will be no more. */
    void end(StreamEnd how) {
        if (hasEnded()) {
            return;
        }
        if (how != StreamEnd.CLOSED && how != StreamEnd.REFUSED) {
            letGo();
        }
        if (hasEnded()) {
            return;
        }
        end = how;
        allHeld.bytes -= held;
        for (int i = 0; i < halves.length; i++) {
            if (halves[i].missingAtTheEnd() > 0) {
                told().hole(i, time, halves[i].missingAtTheEnd());
            }
        }
        told().ended(time, how);
    }
}
