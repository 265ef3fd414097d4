package dev.pgwire.laboratory.capture;

import dev.pgwire.laboratory.capture.stream.StreamEnd;
import dev.pgwire.laboratory.capture.stream.StreamListener;
import dev.pgwire.laboratory.capture.stream.TcpConnection;
import dev.pgwire.protocol.dialogue.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a connection is one of PostgreSQL's and which end is the server: by its port, by which end has opened the
 * connection, and by the first bytes.
 */
final class ConversationReader implements StreamListener {
    /** The fewest bytes by which a client can be known, before which nothing is decided. */
    private static final int ENOUGH = Plausible.OPENING;

    private final TcpConnection tcp;
    private final Sniffing sniffing;
    private final List<Early> early = new ArrayList<>();
    private @Nullable MessageReader messages;
    private int server;
    private boolean passedOver;

    /** What came before it was known what it is. */
    private record Early(int end, long time, byte[] bytes, long hole) {}

    ConversationReader(TcpConnection tcp, Sniffing sniffing) {
        this.tcp = tcp;
        this.sniffing = sniffing;
    }

    @Override
    public void data(int end, long time, byte[] bytes, int from, int count) {
        MessageReader reader = messages;
        if (reader != null) {
            reader.data(side(end), time, bytes, from, count);
        } else if (!passedOver) {
            byte[] copy = Arrays.copyOfRange(bytes, from, from + count);
            early.add(new Early(end, time, copy, 0));
            decide(end);
        }
    }

    @Override
    public void hole(int end, long time, long count) {
        MessageReader reader = messages;
        if (reader != null) {
            reader.hole(side(end), time, count);
        } else if (!passedOver) {
            early.add(new Early(end, time, new byte[0], count));
            decide(end);
        }
    }

    private Side side(int end) {
        return end == server ? Side.BACKEND : Side.FRONTEND;
    }

    private void decide(int end) {
        byte[] first = firstOf(end);
        boolean opens = Plausible.isOpening(first, 0, first.length);
        int known = tcp.client() >= 0 ? 1 - tcp.client() : byPort();
        if (known < 0 && opens) {
            known = 1 - end;
        }
        boolean isAtPort = known >= 0 && sniffing.isServer(tcp.endpoint(known));
        if (isAtPort || opens && known == 1 - end) {
            begin(known, opens);
        } else if (first.length >= ENOUGH || end == known || hasHole(end)) {
            passOver();
        }
    }

    private void passOver() {
        passedOver = true;
        early.clear();
        sniffing.passedOver();
    }

    private int byPort() {
        boolean zero = sniffing.isServer(tcp.endpoint(0));
        boolean one = sniffing.isServer(tcp.endpoint(1));
        return zero == one ? -1 : zero ? 0 : 1;
    }

    /** Whether what an end has sent first will never be there as a whole. */
    private boolean hasHole(int end) {
        return early.stream().anyMatch(each -> each.end == end && each.hole != 0);
    }

    /** The first bytes that an end has sent without a hole. */
    private byte[] firstOf(int end) {
        byte[] first = new byte[0];
        for (Early each : early) {
            if (each.end == end && each.hole != 0) {
                break;
            }
            if (each.end == end) {
                byte[] longer = Arrays.copyOf(first, first.length + each.bytes.length);
                System.arraycopy(each.bytes, 0, longer, first.length, each.bytes.length);
                first = longer;
            }
        }
        return first;
    }

    private MessageReader begin(int serverEnd, boolean opens) {
        server = serverEnd;
        CapturedConnection connection = sniffing.number(tcp.endpoint(1 - server), tcp.endpoint(server));
        long begin = tcp.askedAt() >= 0 ? tcp.askedAt() : early.isEmpty() ? -1 : early.get(0).time;
        MessageReader reader = new MessageReader(
                connection,
                sniffing.of(connection),
                begin,
                opens || tcp.isFromTheBeginning(1 - server),
                opens || tcp.isFromTheBeginning(server));
        messages = reader;
        reader.connected(tcp.askedAt(), tcp.answeredAt());
        for (Early each : early) {
            if (each.hole == 0) {
                reader.data(side(each.end), each.time, each.bytes, 0, each.bytes.length);
            } else {
                reader.hole(side(each.end), each.time, each.hole);
            }
        }
        early.clear();
        return reader;
    }

    @Override
    public void ended(long time, StreamEnd how) {
        MessageReader reader = messages;
        if (reader == null && !passedOver && tcp.client() >= 0 && sniffing.isServer(tcp.endpoint(1 - tcp.client()))) {
            reader = begin(1 - tcp.client(), false);
        }
        if (reader != null) {
            reader.ended(time, how);
        } else if (!early.isEmpty()) {
            passOver();
        }
    }
}
