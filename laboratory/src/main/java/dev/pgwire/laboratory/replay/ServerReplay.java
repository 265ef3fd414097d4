package dev.pgwire.laboratory.replay;

import dev.pgwire.laboratory.replay.Comparing.Row;
import dev.pgwire.laboratory.socket.End;
import dev.pgwire.laboratory.socket.Failures;
import dev.pgwire.laboratory.socket.Listener;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Answers clients as the recorded server did. The first client that connects gets the first recorded connection, the next the
 * next. An answer is sent when all has come, on all connections, that the recorded clients had said before it. A client that
 * says something of another kind than was recorded is told so by an error and loses its connection; one whose message has other content
 * is answered as the recorded one.
 */
public final class ServerReplay implements Closeable {
    /** After so long an answer is not held any more for what another connection has not said. */
    private static final long LONGEST_HELD = TimeUnit.SECONDS.toNanos(10);

    private final Failures failures = new Failures();
    private final Listener listener;
    private final Recording recording;
    private final List<Mask> masks;
    private final List<Script> scripts = new ArrayList<>();
    private final Queue<Peer> peers = new ConcurrentLinkedQueue<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** The places of the recording that have a message of a client which has not come. */
    private final BitSet missing = new BitSet();

    private final List<Said> unrecorded = new ArrayList<>();
    private int connections;

    ServerReplay(Recording recording, List<Mask> masks) throws IOException {
        this.recording = recording;
        this.masks = masks;
        for (int connection : recording.connections()) {
            scripts.add(new Script(connection));
        }
        List<Said> messages = recording.messages();
        for (int place = 0; place < messages.size(); place++) {
            Said said = messages.get(place);
            int of = recording.connections().indexOf(said.connection());
            scripts.get(of).add(place, said);
            missing.set(place, said.side() == Side.FRONTEND);
        }
        for (Script script : scripts) {
            if (script.isNothing()) {
                script.take().forEach(missing::clear);
            }
        }
        scripts.removeIf(Script::isNothing);
        listener = new Listener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), failures);
        listener.start("pgwire-replay", this::accept);
    }

    /** The port that clients connect to. */
    public int port() {
        return listener.port();
    }

    private void accept(SocketChannel client) {
        Peer peer = new Peer(End.clear(client), Side.FRONTEND);
        peers.add(peer);
        int number = ++connections;
        Peer.thread("pgwire-replay-" + number, () -> {
            try (peer) {
                open(peer, number);
            } catch (ProtocolViolation garbage) {
                failures.add(garbage);
            }
        });
    }

    private void open(Peer peer, int number) throws IOException {
        for (Frame frame = peer.opening(); frame != null; frame = peer.opening()) {
            Said said = Said.of(number, frame);
            if (said.is("SSLRequest", "GSSENCRequest")) {
                peer.send(EncryptionAnswer.NEITHER.answer());
                continue;
            }
            boolean cancels = said.is("CancelRequest");
            Script script = take(said, cancels);
            if (script != null && !cancels) {
                play(peer, script);
            } else if (!cancels) {
                refuse(
                        peer,
                        "the recording has no further connection that begins a session, expected "
                                + scripts.stream()
                                        .filter(each -> !each.cancels())
                                        .count());
            }
            return;
        }
    }

    private @Nullable Script take(Said said, boolean cancels) {
        lock.lock();
        try {
            for (Script script : scripts) {
                if (!script.isTaken() && script.cancels() == cancels) {
                    arrived(script.take());
                    return script;
                }
            }
            unrecorded.add(said);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void arrived(List<Integer> places) {
        places.forEach(missing::clear);
        changed.signalAll();
    }

    private void play(Peer peer, Script script) throws IOException {
        Peer.thread("pgwire-replay-answers-" + script.connection(), () -> answer(peer, script));
        try {
            for (Frame frame = peer.next(); frame != null; frame = peer.next()) {
                String refusal = hear(script, Said.of(script.connection(), frame));
                if (refusal != null) {
                    refuse(peer, refusal);
                    return;
                }
                if (frame.tag() == 'X') {
                    return;
                }
            }
        } finally {
            lock.lock();
            try {
                script.end();
                arrived(script.rest());
            } finally {
                lock.unlock();
            }
        }
    }

    /** Takes a message of the client; returns what is wrong with it, or null. */
    private @Nullable String hear(Script script, Said said) {
        lock.lock();
        try {
            script.heard(said);
            Said expected = script.expected();
            // The data of a COPY may come in other pieces.
            while (expected != null && expected.is("CopyData") && said.is("CopyDone", "CopyFail")) {
                arrived(List.of(script.advance()));
                expected = script.expected();
            }
            if (said.is("CopyData") && expected != null && expected.is("CopyDone", "CopyFail")) {
                return null;
            }
            if (expected != null && expected.name().equals(said.name())) {
                arrived(List.of(script.advance()));
                return null;
            }
            return said.is("Terminate")
                    ? null
                    : "the recording has " + (expected == null ? "nothing more" : expected.name()) + " here, and "
                            + said.name() + " came";
        } finally {
            lock.unlock();
        }
    }

    private void answer(Peer peer, Script script) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            out.reset();
            boolean isFatal = false;
            lock.lock();
            try {
                int until = until(script);
                if (until < 0) {
                    return;
                }
                for (Said said = script.answer(until); said != null; said = script.answer(until)) {
                    out.writeBytes(said.bytes());
                    isFatal |= said.is("ErrorResponse") && said.words().contains("S\"FATAL\"");
                }
            } finally {
                lock.unlock();
            }
            peer.send(out.toByteArray());
            if (isFatal) {
                peer.close();
            }
        }
    }

    /** Waits until there is something to answer, up to the place that this gives; -1 if there is nothing any more. */
    private int until(Script script) {
        long left = LONGEST_HELD;
        while (true) {
            Integer awaited = script.awaited();
            if (awaited == null) {
                return -1;
            }
            int first = missing.nextSetBit(0);
            if (first < 0 || first > awaited) {
                return first < 0 ? Integer.MAX_VALUE : first;
            }
            boolean isOwn = recording.messages().get(first).connection() == script.connection();
            try {
                if (isOwn) {
                    changed.await();
                    left = LONGEST_HELD;
                } else {
                    left = changed.awaitNanos(left);
                    if (left <= 0) {
                        missing.clear(first);
                        left = LONGEST_HELD;
                        changed.signalAll();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
    }

    private static void refuse(Peer peer, String why) throws IOException {
        ByteBuf out = Unpooled.buffer();
        Diagnostic.Builder diagnostic =
                Diagnostic.builder().field('S', "FATAL").field('V', "FATAL").field('C', "08P01");
        new ErrorResponse(diagnostic.field('M', why).build()).encode(out);
        peer.send(ByteBufUtil.getBytes(out));
    }

    /**
     * Waits until clients have come for all recorded connections, and have gone.
     *
     * @return whether they have
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lock();
        try {
            while (!scripts.stream().allMatch(script -> script.cancels() ? script.isTaken() : script.isEnded())) {
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

    /** What clients have said otherwise so far, or not at all, in the order of the recorded connections. */
    public List<Difference> differences() {
        lock.lock();
        try {
            List<Difference> all = new ArrayList<>();
            for (Script script : scripts) {
                List<Said> recorded = recording.messages(script.connection());
                if (script.isTaken()) {
                    all.addAll(Differences.between(
                            script.connection(), recorded, script.heard(), masks, EnumSet.of(Row.CLIENT)));
                } else {
                    Said first = recorded.get(0);
                    all.add(new Difference(script.connection(), 1, Side.FRONTEND, first, null, first.text(), null));
                }
            }
            for (Said said : unrecorded) {
                all.add(new Difference(said.connection(), 1, Side.FRONTEND, null, said, null, said.text()));
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** What clients have sent that is no message, and why connections could not be accepted: the first thousand. */
    public List<Throwable> failures() {
        return failures.list();
    }

    /** Listens no longer, and closes all connections. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Peer peer : peers) {
            peer.close();
        }
    }
}
