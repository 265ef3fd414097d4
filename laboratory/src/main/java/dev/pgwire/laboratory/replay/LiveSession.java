package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.auth.AuthenticationFailure;
import dev.pgwire.protocol.auth.Md5;
import dev.pgwire.protocol.auth.Scram;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A session of a replay with a real server: it is begun for the recorded client, and a thread keeps what the server says. */
final class LiveSession implements Closeable {
    /** As much work as a server may ask for to prove a password; it has 4096 by default. */
    private static final int MOST_ITERATIONS = 100_000;

    private final int number;
    private final Peer peer;
    private final ReentrantLock lock;
    private final Condition changed;
    // All below: under the lock.
    private final List<Said> said = new ArrayList<>();
    private final Turns turns = new Turns();
    private @Nullable BackendKeyData key;
    private boolean ended;
    private int taken;

    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();

    LiveSession(int number, Peer peer, ReentrantLock lock, Condition changed) {
        this.number = number;
        this.lock = lock;
        this.changed = changed;
        this.peer = peer;
    }

    /**
     * Begins the session.
     *
     * @throws IOException if the server refuses, or asks for what is not there
     */
    void start(Opening.Startup startup, @Nullable String password) throws IOException {
        send(startup);
        Scram scram = null;
        while (true) {
            Frame frame = peer.next();
            if (frame == null) {
                throw new IOException("the server closed connection " + number + " while its session began");
            }
            Message message = frame.message();
            if (message == Authentication.Request.OK) {
                break;
            } else if (message instanceof Authentication request) {
                if (password == null) {
                    throw new IOException(
                            "the server asks for " + request + ", expected trust, or a password for the replay");
                }
                try {
                    scram = answer(request, password, startup, scram);
                } catch (AuthenticationFailure failure) {
                    throw new IOException("the server does not let the replay in", failure);
                }
            } else if (frame.tag() == 'E') {
                throw new IOException("the server refuses connection " + number + ": "
                        + Said.of(number, frame).text());
            }
        }
        Peer.thread("pgwire-replay-" + number, this::listen);
    }

    private @Nullable Scram answer(
            Authentication request, String password, Opening.Startup startup, @Nullable Scram scram)
            throws IOException {
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        if (request == Authentication.Request.CLEARTEXT_PASSWORD) {
            send(new PasswordMessage(secret));
        } else if (request instanceof Authentication.Md5Password md5) {
            byte[] user = startup.parameters().getOrDefault("user", "").getBytes(StandardCharsets.UTF_8);
            send(new PasswordMessage(Md5.response(user, secret, md5.salt())));
        } else if (request instanceof Authentication.Sasl sasl) {
            Scram begun = Scram.client(sasl.mechanisms(), password.toCharArray(), MOST_ITERATIONS, peer.endPoint());
            send(new SASLInitialResponse(begun.mechanism(), begun.clientFirst()));
            return begun;
        } else if (request instanceof Authentication.SaslContinue challenge && scram != null) {
            send(new SASLResponse(scram.clientFinal(challenge.data())));
        } else if (request instanceof Authentication.SaslFinal proof && scram != null) {
            scram.verify(proof.data());
        } else {
            throw new IOException("the server asks for " + request + ", expected a password or SCRAM");
        }
        return scram;
    }

    private void send(Message message) throws IOException {
        ByteBuf out = Unpooled.buffer();
        message.encode(out);
        peer.send(ByteBufUtil.getBytes(out));
    }

    private void listen() throws IOException {
        try {
            for (Frame frame = peer.next(); frame != null; frame = peer.next()) {
                Said heard = Said.of(number, frame);
                lock.lock();
                try {
                    said.add(heard);
                    turns.take(heard);
                    if (heard.is("BackendKeyData")) {
                        key = BackendKeyData.read(frame.body());
                    }
                    changed.signalAll();
                } finally {
                    lock.unlock();
                }
            }
        } catch (ProtocolViolation garbage) {
            throw new IOException(garbage);
        } finally {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Takes a message of the recorded client, to be sent by {@link #flush}. */
    void write(Said message) {
        lock.lock();
        try {
            said.add(message);
        } finally {
            lock.unlock();
        }
        unsent.writeBytes(message.bytes());
    }

    void flush() throws IOException {
        byte[] bytes = unsent.toByteArray();
        unsent.reset();
        lock.lock();
        boolean isOver = ended;
        lock.unlock();
        if (bytes.length > 0 && !isOver) {
            try {
                peer.send(bytes);
            } catch (IOException gone) {
                // The server has closed it: what it has said before is compared.
                peer.close();
            }
        }
    }

    // Under the lock.

    boolean hasReached(Turns recorded) {
        return ended || turns.haveReached(recorded);
    }

    boolean hasNotifications(Turns recorded) {
        return ended || turns.haveNotifications(recorded);
    }

    boolean isEnded() {
        return ended;
    }

    @Nullable
    BackendKeyData key() {
        return key;
    }

    /** What both have said since this was asked before. */
    List<Said> news() {
        List<Said> news = List.copyOf(said.subList(taken, said.size()));
        taken = said.size();
        return news;
    }

    List<Said> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
