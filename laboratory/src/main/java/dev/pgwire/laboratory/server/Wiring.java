package dev.pgwire.laboratory.server;

import dev.pgwire.laboratory.socket.End;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.FrameCutter;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.PasswordKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The bytes of one session: what the client sends as messages, and what it is sent, which is gathered until {@link #flush}. */
final class Wiring {
    private static final int GATHERED = 64 * 1024;
    /** PostgreSQL's own, for what shows a password. */
    private static final int LONGEST_OF_STRANGERS = 65_535;

    /** Guards what goes out: notifications come from other threads. */
    private final ReentrantLock lock = new ReentrantLock();

    private final FrameCutter cutter = new FrameCutter(Side.FRONTEND);
    private final byte[] received = new byte[16 * 1024];
    private final ByteBuf out = Unpooled.buffer();
    private volatile int longest = LONGEST_OF_STRANGERS;
    private volatile End end;
    private volatile PasswordKind expected = PasswordKind.PASSWORD;

    Wiring(End end) {
        this.end = end;
    }

    End end() {
        return end;
    }

    /** Goes on by another end of the same socket: TLS has begun. */
    void continueBy(End other) {
        end = other;
    }

    /** Who it is has been shown: longer messages are believed from here on. */
    void trust() {
        longest = Wire.LENGTH + Wire.MAX_BODY;
    }

    void expect(PasswordKind kind) {
        expected = kind;
    }

    /** The first byte of a connection; -1 if it ends before. */
    int peek() throws IOException {
        while (cutter.waiting() == 0) {
            if (!read()) {
                return -1;
            }
        }
        byte[] all = cutter.rest();
        cutter.add(all, 0, all.length);
        return all[0] & 0xFF;
    }

    /** What was read and is no message of ours. */
    byte[] rest() {
        return cutter.rest();
    }

    /** The next message that has no tag; null at the end. */
    @Nullable
    Frame opening() throws IOException {
        return next(false);
    }

    /** The next message; null at the end of the connection. */
    @Nullable
    FrontendMessage receive() throws IOException {
        Frame frame = next(true);
        return frame == null ? null : (FrontendMessage) frame.message();
    }

    private @Nullable Frame next(boolean tagged) throws IOException {
        while (true) {
            Frame frame = tagged ? cutter.tagged(expected, longest) : cutter.opening();
            if (frame != null) {
                return frame;
            }
            if (!read()) {
                if (cutter.waiting() > 0) {
                    throw new EOFException("the client has gone inside of a message");
                }
                return null;
            }
        }
    }

    private boolean read() throws IOException {
        int count = end.read(received);
        if (count > 0) {
            cutter.add(received, 0, count);
        }
        return count >= 0;
    }

    /**
     * Looks whether the client is still there, while nothing is expected of it; what it sends meanwhile is kept. By TLS that cannot be
     * seen.
     *
     * @throws EOFException if it has gone
     */
    void checkForEnd() throws IOException {
        if (end.tlsSession() != null || !lock.tryLock()) {
            return;
        }
        try {
            int count = end.poll(received);
            if (count < 0) {
                throw new EOFException("the client has gone while its statement was answered");
            }
            cutter.add(received, 0, count);
        } finally {
            lock.unlock();
        }
    }

    void send(Message... messages) throws IOException {
        lock.lock();
        try {
            for (Message message : messages) {
                message.encode(out);
            }
            if (out.readableBytes() > GATHERED) {
                flush();
            }
        } finally {
            lock.unlock();
        }
    }

    void sendRaw(byte[] bytes) throws IOException {
        lock.lock();
        try {
            out.writeBytes(bytes);
            flush();
        } finally {
            lock.unlock();
        }
    }

    /** Sends what was gathered. */
    void flush() throws IOException {
        lock.lock();
        try {
            // A thread that was interrupted, by a cancel request, would close the channel by writing to it.
            boolean interrupted = Thread.interrupted();
            end.write(out.array(), out.readerIndex(), out.readableBytes());
            out.clear();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** While this is held nothing is written: the time to interrupt who writes. */
    ReentrantLock lock() {
        return lock;
    }
}
