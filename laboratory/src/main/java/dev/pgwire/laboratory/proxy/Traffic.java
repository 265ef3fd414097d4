package dev.pgwire.laboratory.proxy;

import dev.pgwire.laboratory.socket.End;
import dev.pgwire.laboratory.socket.Listener;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.dialogue.Dialogue;
import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Phase;
import dev.pgwire.protocol.dialogue.Side;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What goes through one line: its two ends, its two directions, and the conversation that they make. */
final class Traffic {
    private final Settings settings;
    private final Line line;
    private final Direction fromClient;
    private final Direction fromServer;
    /** Guards the dialogue, for a moment each time. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Dialogue dialogue = new Dialogue();
    private @Nullable End client;
    private @Nullable End server;
    private volatile boolean isOpen;
    private volatile boolean isClosed;

    Traffic(int number, Settings settings) {
        this.settings = settings;
        this.line = new Line(number, this);
        this.fromClient = new Direction(Side.FRONTEND, this, settings);
        this.fromServer = new Direction(Side.BACKEND, this, settings);
    }

    Line line() {
        return line;
    }

    /** Opens the line, and moves what the client sends until it ends. */
    void run(SocketChannel accepted) {
        try {
            Opener opener = new Opener(settings);
            End near = End.clear(accepted);
            setEnds(near, null);
            End far = opener.connect(clear -> setEnds(near, clear));
            setEnds(near, far);
            End welcomed = opener.welcome(near);
            setEnds(welcomed, far);
            isOpen = true;
            Listener.thread("pgwire-proxy-" + line.number() + "-backend", () -> move(fromServer));
            fromClient.begin(opener.received());
        } catch (Throwable e) {
            failed(e);
            ended();
            return;
        }
        move(fromClient);
    }

    /** Until the sender ends. Both ends are closed when the server has said all. */
    private void move(Direction direction) {
        try {
            direction.run();
            if (direction == fromServer) {
                close(false);
            }
        } catch (Direction.ReceiverGone e) {
            // What the server has said before it went is still to be read: by the other direction, which ends the line
            // then.
            if (direction == fromServer) {
                close(false);
            }
        } catch (Throwable e) {
            failed(e);
        } finally {
            ended();
        }
    }

    private void failed(Throwable e) {
        // Ends that are closed throw IOException, which is how lines end; what a tap throws is told.
        if (!(e instanceof IOException) || !isOpen && !isClosed) {
            settings.failures().add(e);
        }
        close(false);
    }

    /** A direction has ended. Of a line that has ended little is kept: there may be many. */
    private void ended() {
        if (!isClosed) {
            return;
        }
        rest(Side.FRONTEND);
        rest(Side.BACKEND);
        fromClient.release();
        fromServer.release();
    }

    private void setEnds(End client, @Nullable End server) throws IOException {
        lock.lock();
        try {
            this.client = client;
            this.server = server;
            if (isClosed) {
                throw new IOException(line + " is closed");
            }
        } finally {
            lock.unlock();
        }
    }

    Direction of(Side side) {
        return side == Side.FRONTEND ? fromClient : fromServer;
    }

    /** The end from which this side's bytes come. */
    End from(Side side) throws IOException {
        End end;
        lock.lock();
        try {
            end = side == Side.FRONTEND ? client : server;
        } finally {
            lock.unlock();
        }
        if (end == null) {
            throw new IOException(line + " is not open yet");
        }
        return end;
    }

    /** The end to which this side's bytes go. */
    End to(Side side) throws IOException {
        return from(side.other());
    }

    void add(Side side, byte[] bytes, int count) {
        lock.lock();
        try {
            dialogue.add(side, bytes, 0, count);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Frame next(Side side) {
        lock.lock();
        try {
            return dialogue.next(side);
        } finally {
            lock.unlock();
        }
    }

    void answered(EncryptionAnswer answer) {
        lock.lock();
        try {
            dialogue.answered(answer);
        } finally {
            lock.unlock();
        }
    }

    byte[] rest(Side side) {
        lock.lock();
        try {
            return dialogue.rest(side);
        } finally {
            lock.unlock();
        }
    }

    Phase phase() {
        lock.lock();
        try {
            return dialogue.phase();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    ProtocolVersion version() {
        lock.lock();
        try {
            return dialogue.version();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    TransactionStatus transactionStatus() {
        lock.lock();
        try {
            return dialogue.transactionStatus();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return isClosed;
    }

    void close(boolean resets) {
        End[] ends;
        lock.lock();
        try {
            isClosed = true;
            ends = new End[] {client, server};
        } finally {
            lock.unlock();
        }
        for (End end : ends) {
            try {
                if (end != null && resets) {
                    end.reset();
                } else if (end != null) {
                    end.close();
                }
            } catch (IOException e) {
                // It is closed all the same.
            }
        }
        fromClient.resume();
        fromServer.resume();
    }
}
