package dev.pgwire.laboratory.capture.stream;

import dev.pgwire.laboratory.capture.network.Endpoint;
import dev.pgwire.laboratory.capture.network.Segment;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** All connections of a capture. How many are kept in mind at once is bounded. */
public final class Connections {
    private static final int MOST_OPEN = 10_000;
    private static final int MOST_ENDED = 65_536;

    private final Function<TcpConnection, StreamListener> listeners;
    private final TcpConnection.Held held = new TcpConnection.Held();
    private final Map<Ends, TcpConnection> open = new LinkedHashMap<>(64, 0.75f, true);
    /** Those that have ended, with the number of their SYN: what still comes of them begins no new one. */
    private final Map<Ends, Integer> ended = new LinkedHashMap<>();

    /** Begins without any. The function says what is to be told of a connection, when its first segment comes. */
    public Connections(Function<TcpConnection, StreamListener> listeners) {
        this.listeners = listeners;
    }

    private record Ends(Endpoint lower, Endpoint upper) {
        static Ends of(Segment segment) {
            Endpoint source = segment.source();
            Endpoint target = segment.target();
            return source.compareTo(target) <= 0 ? new Ends(source, target) : new Ends(target, source);
        }
    }

    public void add(Segment segment) {
        Ends ends = Ends.of(segment);
        TcpConnection connection = open.get(ends);
        if (connection != null && connection.isReplacedBy(segment)) {
            connection.end(StreamEnd.REPLACED);
            connection = null;
        }
        if (connection == null) {
            boolean opens = segment.isSyn() && !segment.isAck();
            Integer before = ended.get(ends);
            boolean isLate = before != null && (!opens || before == segment.sequence());
            if (isLate || segment.size() == 0 && !segment.isSyn()) {
                return;
            }
            ended.remove(ends);
            connection = new TcpConnection(segment, held);
            connection.listener(listeners.apply(connection));
            open.put(ends, connection);
        }
        connection.add(segment);
        if (connection.hasEnded()) {
            open.remove(ends);
            ended.put(ends, connection.opening());
            forgetEldest();
        } else if (open.size() > MOST_OPEN) {
            Iterator<TcpConnection> eldest = open.values().iterator();
            TcpConnection given = eldest.next();
            eldest.remove();
            given.end(StreamEnd.GIVEN_UP);
        }
    }

    private void forgetEldest() {
        if (ended.size() > MOST_ENDED) {
            Iterator<Ends> eldest = ended.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** The capture is over. */
    public void end() {
        open.values().forEach(connection -> connection.end(StreamEnd.CAPTURE_ENDS));
        open.clear();
    }
}
