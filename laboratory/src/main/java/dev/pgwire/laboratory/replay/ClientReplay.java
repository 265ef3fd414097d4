package dev.pgwire.laboratory.replay;

import dev.pgwire.laboratory.replay.Comparing.Row;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Opening;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Says to a server what the recorded clients said, all connections in the order of the recording. Before it says something it waits
 * for the turns (ReadyForQuery, and the request for the data of a COPY) and the notifications that had come before that. A
 * CancelRequest is sent for the session that has taken the place of the recorded one, and again while the statement goes on.
 *
 * <p>Where the recorded server had told an oid, and the live one tells another in the same place, the live one is sent from then on: among
 * the types of a Parse, in values of a Bind whose type is one of oids, and where a text casts a number to such a type. All else is sent as
 * it is: where it names an object by an oid, the object must still have that.
 */
public final class ClientReplay {
    /** How long a statement goes on before it is taken for one that the cancel request came too early for. */
    private static final long CANCELS_EVERY = 500;

    private final Recording recording;
    private final SocketAddress server;
    private final List<Mask> masks;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private @Nullable String password;
    private @Nullable SSLContext tls;
    private Duration patience = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, LiveSession> sessions = new LinkedHashMap<>();
    /** What the recorded server had said up to the message that is next. */
    private final Map<Integer, Turns> recorded = new LinkedHashMap<>();

    private final Oids oids = new Oids();
    /** The recorded session whose statement was asked to be cancelled last; 0 for none. */
    private int cancelled;

    ClientReplay(Recording recording, SocketAddress server, List<Mask> masks) {
        this.recording = recording;
        this.server = server;
        this.masks = masks;
    }

    /** Begins sessions with another value of a parameter of the StartupMessage, such as {@code user} or {@code database}. */
    public ClientReplay parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** What is answered to a server that asks for a password, in the clear, by md5 or by SCRAM-SHA-256. */
    public ClientReplay password(String secret) {
        password = secret;
        return this;
    }

    /**
     * Speaks TLS to the server, on all connections; the context says whom it trusts. The name in the certificate is not looked at. SCRAM
     * is bound to the channel if the server offers that.
     */
    public ClientReplay tls(SSLContext context) {
        tls = context;
        return this;
    }

    /** How long the server is waited for at each point; 30 seconds where nothing is said. Behind that the rest counts as missing. */
    public ClientReplay patience(Duration longest) {
        if (longest.isNegative()) {
            throw new IllegalArgumentException("a patience of " + longest + ", expected none that is negative");
        }
        patience = longest;
        return this;
    }

    /**
     * Replays all of the recording; once for each of these objects.
     *
     * @return what the server said otherwise, in the order of the recording
     * @throws IOException if the server cannot be reached, or does not let a client in
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public List<Difference> run() throws IOException, InterruptedException {
        try {
            List<Said> messages = recording.messages();
            boolean goesOn = true;
            for (int i = 0; i < messages.size() && goesOn; i++) {
                Said said = messages.get(i);
                if (said.side() == Side.BACKEND) {
                    turns(said.connection()).take(said);
                    oids.recorded(said);
                    continue;
                }
                goesOn = awaitAll();
                if (goesOn) {
                    say(said);
                }
                oids.recorded(said);
                boolean isFollowed = i + 1 < messages.size()
                        && messages.get(i + 1).side() == Side.FRONTEND
                        && messages.get(i + 1).connection() == said.connection();
                if (!isFollowed) {
                    flush();
                }
            }
            if (goesOn && awaitAll()) {
                awaitEnds();
            }
            return differences();
        } finally {
            for (LiveSession session : sessions.values()) {
                session.close();
            }
        }
    }

    private Turns turns(int connection) {
        return recorded.computeIfAbsent(connection, number -> new Turns());
    }

    private void say(Said said) throws IOException, InterruptedException {
        LiveSession session = sessions.get(said.connection());
        if (said.is("StartupMessage")) {
            start(said);
        } else if (said.is("CancelRequest")) {
            cancelled = session(said);
            cancel();
        } else if (session != null && said.tag() != 0 && said.tag() != 'p') {
            if (cancelled == said.connection()) {
                cancelled = 0;
            }
            session.write(translated(said));
        }
    }

    /** The message with the oids that the objects have on this server. */
    private Said translated(Said said) {
        lock.lock();
        try {
            sessions.values().forEach(session -> session.news().forEach(oids::live));
        } finally {
            lock.unlock();
        }
        return oids.translated(said);
    }

    private void start(Said said) throws IOException {
        List<Said> all = recording.messages(said.connection());
        if (all.stream().noneMatch(message -> message.is("ReadyForQuery"))) {
            // A session that did not come about has nothing to compare.
            return;
        }
        Opening.Startup then = (Opening.Startup) Opening.read(said.body());
        Map<String, String> now = new LinkedHashMap<>(then.parameters());
        now.putAll(parameters);
        TimeLimit limit = new TimeLimit(patience);
        try (limit) {
            Peer peer = Peer.connect(server, tls, limit);
            LiveSession session = new LiveSession(said.connection(), peer, lock, changed);
            sessions.put(said.connection(), session);
            session.start(new Opening.Startup(then.version(), now), password);
        } catch (IOException failed) {
            throw limit.explain(failed);
        }
    }

    /** The recorded session that a CancelRequest is for; 0 if it is not recorded. */
    private int session(Said cancel) {
        for (Said said : recording.messages()) {
            if (said.is("BackendKeyData")
                    && said.words().get(0).equals(cancel.words().get(1))) {
                return said.connection();
            }
        }
        return 0;
    }

    private void cancel() throws IOException {
        LiveSession session = sessions.get(cancelled);
        if (session == null) {
            return;
        }
        lock.lock();
        BackendKeyData key = session.key();
        lock.unlock();
        if (key == null) {
            return;
        }
        session.flush();
        ByteBuf out = Unpooled.buffer();
        new Opening.Cancel(key.processId(), key.secretKey()).encode(out);
        TimeLimit limit = new TimeLimit(patience);
        try (limit;
                Peer peer = Peer.connect(server, tls, limit)) {
            peer.send(ByteBufUtil.getBytes(out));
            // The server has passed it on when it closes the connection.
            peer.next();
        } catch (IOException failed) {
            throw limit.explain(failed);
        }
    }

    private void flush() throws IOException {
        for (LiveSession session : sessions.values()) {
            session.flush();
        }
    }

    /** Waits for all that the recorded clients had by now; returns false if it does not come. */
    private boolean awaitAll() throws IOException, InterruptedException {
        if (!await(() -> all(LiveSession::hasReached))) {
            return false;
        }
        // One that does not come is a difference, and what follows may still be as it was.
        await(() -> all(LiveSession::hasNotifications));
        return true;
    }

    /** Whether a session has what the recorded one had. */
    private interface Reached {
        boolean test(LiveSession session, Turns recorded);
    }

    private boolean all(Reached reached) {
        return sessions.entrySet().stream().allMatch(each -> reached.test(each.getValue(), turns(each.getKey())));
    }

    private void awaitEnds() throws IOException, InterruptedException {
        await(() -> sessions.entrySet().stream()
                .allMatch(each -> each.getValue().isEnded()
                        || recording.messages(each.getKey()).stream().noneMatch(said -> said.is("Terminate"))));
    }

    private boolean await(BooleanSupplier goal) throws IOException, InterruptedException {
        if (isReached(goal, 0)) {
            return true;
        }
        flush();
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (left > 0) {
            if (isReached(goal, Math.min(left, CANCELS_EVERY))) {
                return true;
            }
            cancel();
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        return isReached(goal, 0);
    }

    private boolean isReached(BooleanSupplier goal, long milliseconds) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(milliseconds);
        lock.lock();
        try {
            while (!goal.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private List<Difference> differences() {
        List<Difference> all = new ArrayList<>();
        sessions.forEach((number, session) -> {
            lock.lock();
            List<Said> said;
            try {
                said = session.said();
            } finally {
                lock.unlock();
            }
            all.addAll(Differences.between(
                    number, recording.messages(number), said, masks, EnumSet.complementOf(EnumSet.of(Row.CLIENT))));
        });
        return all;
    }
}
