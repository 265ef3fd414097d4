package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.dialogue.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One recorded connection as a server plays it: what its client is to say, and what is answered when. Used under the lock of the
 * {@link ServerReplay}.
 */
final class Script {
    /** A message and its place in the whole recording. */
    record Line(int place, Said said) {}

    private final int connection;
    private final List<Line> client = new ArrayList<>();
    private final List<Line> server = new ArrayList<>();
    /** The places of what the client says until its session has begun, which differs each time. */
    private final List<Integer> opening = new ArrayList<>();

    private final List<Said> heard = new ArrayList<>();
    private boolean isCancel;
    private boolean isTaken;
    private boolean isEnded;
    private int nextOfClient;
    private int nextOfServer;

    Script(int connection) {
        this.connection = connection;
    }

    int connection() {
        return connection;
    }

    /** Whether it asks for nothing but to cancel another. */
    boolean cancels() {
        return isCancel;
    }

    /** Whether there is nothing to play: its client has asked for encryption or sent no password, say, and then gone. */
    boolean isNothing() {
        return !isCancel && server.isEmpty();
    }

    private boolean isStarted() {
        return server.stream().anyMatch(line -> line.said.is("ReadyForQuery"));
    }

    void add(int place, Said said) {
        if (said.side() == Side.FRONTEND) {
            isCancel |= said.is("CancelRequest");
            if (isStarted()) {
                client.add(new Line(place, said));
            } else {
                opening.add(place);
            }
        } else if (!said.is("EncryptionAnswer") && (said.tag() != 'R' || said.is("AuthenticationOk"))) {
            server.add(new Line(place, said));
        }
    }

    boolean isTaken() {
        return isTaken;
    }

    /** A client has come for it; returns the places of what it has said with that. */
    List<Integer> take() {
        isTaken = true;
        return opening;
    }

    /** The places of all that its client has not said, and does not say any more. */
    List<Integer> rest() {
        List<Integer> rest = new ArrayList<>();
        client.subList(nextOfClient, client.size()).forEach(line -> rest.add(line.place));
        nextOfClient = client.size();
        return rest;
    }

    /** Its client has gone. */
    void end() {
        isEnded = true;
    }

    boolean isEnded() {
        return isEnded;
    }

    void heard(Said said) {
        heard.add(said);
    }

    List<Said> heard() {
        return List.copyOf(heard);
    }

    /** What its client is to say next. */
    @Nullable
    Said expected() {
        return nextOfClient < client.size() ? client.get(nextOfClient).said : null;
    }

    /** The client has said that; returns its place. */
    int advance() {
        return client.get(nextOfClient++).place;
    }

    /** What is answered next, if all that was said before it has come: what has a place before this one. */
    @Nullable
    Said answer(int until) {
        if (nextOfServer == server.size() || server.get(nextOfServer).place > until) {
            return null;
        }
        Said answer = server.get(nextOfServer++).said;
        heard.add(answer);
        return answer;
    }

    /** What has to come before its next answer can; null if there is none. */
    @Nullable
    Integer awaited() {
        return nextOfServer == server.size() ? null : server.get(nextOfServer).place;
    }
}
