package dev.pgwire.laboratory.proxy;

import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Phase;
import dev.pgwire.protocol.dialogue.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What one side sends: read, cut into messages, decided on, and sent on. */
final class Direction {
    private final Side side;
    private final Traffic traffic;
    private final Settings settings;
    private volatile Settings.Faults faults;
    /** Held while something of this direction is decided on and written: what goes on keeps its order. */
    private final ReentrantLock turn = new ReentrantLock();
    /** Of what is to be written when all that was read has been decided on. */
    private final ByteBuf out = Unpooled.buffer();

    private final ReentrantLock gate = new ReentrantLock();
    private final Condition opened = gate.newCondition();
    private boolean stalled;
    private volatile int bytesPerWrite;
    private volatile long sent;
    private boolean isRaw;
    private boolean hasAnswered;
    private boolean hasStalled;
    private final Queue<byte[]> injected = new ConcurrentLinkedQueue<>();

    Direction(Side side, Traffic traffic, Settings settings) {
        this.side = side;
        this.traffic = traffic;
        this.settings = settings;
        this.faults = settings.of(side);
        this.bytesPerWrite = faults.bytesPerWrite();
    }

    long sent() {
        return sent;
    }

    void split(int bytesPerWrite) {
        this.bytesPerWrite = checkSplit(bytesPerWrite);
    }

    /** Cuts the line when this number of bytes more has gone on. */
    void cutAfter(long bytes, boolean resets) {
        Settings.Faults old = faults;
        faults = new Settings.Faults(sent + checkFault(bytes), resets, old.stallAt(), old.bytesPerWrite());
    }

    static long checkFault(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a fault behind " + bytes + " bytes, expected 0 or more");
        }
        return bytes;
    }

    static int checkSplit(int bytesPerWrite) {
        if (bytesPerWrite < 1) {
            throw new IllegalArgumentException(bytesPerWrite + " bytes per write, expected at least 1");
        }
        return bytesPerWrite;
    }

    void stall() {
        gate.lock();
        stalled = true;
        gate.unlock();
    }

    void resume() {
        gate.lock();
        stalled = false;
        opened.signalAll();
        gate.unlock();
    }

    /** Reads until this side says no more, which the other is told then. */
    void run() throws Exception {
        byte[] bytes = new byte[settings.bufferSize()];
        for (int read = traffic.from(side).read(bytes);
                read >= 0;
                read = traffic.from(side).read(bytes)) {
            received(bytes, read);
        }
        turn.lock();
        try {
            // Half a message: the receiver sees it as its sender left it.
            add(traffic.rest(side));
            flush();
            try {
                traffic.to(side).endOutput();
            } catch (IOException e) {
                throw new ReceiverGone(e);
            }
        } finally {
            turn.unlock();
        }
    }

    /** What was read of this side while the line was opened. */
    void begin(byte[] bytes) throws Exception {
        received(bytes, bytes.length);
    }

    /** Takes what was read, decides on all whole messages, and sends on. */
    void received(byte[] bytes, int count) throws Exception {
        turn.lock();
        try {
            if (isRaw) {
                out.writeBytes(bytes, 0, count);
            } else {
                traffic.add(side, bytes, count);
                decide();
            }
            flush();
        } finally {
            turn.unlock();
        }
        sendInjected();
        if (hasAnswered) {
            // What the client sent behind its question can be read now.
            hasAnswered = false;
            traffic.of(side.other()).received(bytes, 0);
        }
    }

    private void decide() throws Exception {
        while (true) {
            Frame frame;
            try {
                frame = traffic.next(side);
            } catch (ProtocolViolation e) {
                // No conversation that can be read: the bytes go on as they are, the failure is told.
                settings.failures().add(e);
                isRaw = true;
                add(traffic.rest(side));
                return;
            }
            if (frame == null) {
                if (traffic.phase() == Phase.ENCRYPTED) {
                    add(traffic.rest(side));
                }
                return;
            }
            apply(settings.tap().message(frame, traffic.line()), frame);
            hasAnswered |= frame.isEncryptionAnswer();
        }
    }

    private void apply(Fate fate, Frame frame) throws IOException, InterruptedException {
        if (fate == Fate.Pass.PASS) {
            frame.writeTo(out);
            // A message of a gigabyte is written as it is, but no more is gathered than a write can take.
            if (out.readableBytes() >= settings.bufferSize()) {
                flush();
            }
        } else if (fate instanceof Fate.Change change) {
            add(change.bytes());
            if (frame.isEncryptionAnswer() && change.bytes().length == 1) {
                traffic.answered(new EncryptionAnswer(change.bytes()[0]));
            }
        } else if (fate instanceof Fate.Cut cut) {
            out.writeBytes(frame.bytes(), 0, Math.min(cut.at(), frame.size()));
            flush();
            traffic.close(cut.resets());
            throw new EOFException("cut");
        } else if (fate instanceof Fate.Delay delay) {
            flush();
            pause(delay.delay());
            apply(delay.fate(), frame);
        } else if (fate instanceof Fate.Around around) {
            add(around.before());
            apply(around.fate(), frame);
            add(around.behind());
        }
    }

    /**
     * Sends what no side has sent. It does not wait for the turn, which may be held by a tap that injects here: the thread that holds it
     * sends this too.
     */
    void inject(byte[] bytes) throws IOException {
        if (traffic.isClosed()) {
            throw new IOException(traffic.line() + " is closed");
        }
        injected.add(bytes);
        sendInjected();
    }

    private void sendInjected() throws IOException {
        while (!injected.isEmpty() && turn.tryLock()) {
            try {
                for (byte[] bytes = injected.poll(); bytes != null; bytes = injected.poll()) {
                    add(bytes);
                }
                flush();
            } finally {
                turn.unlock();
            }
        }
    }

    /** Gives up what it keeps: the line has ended. */
    void release() {
        turn.lock();
        try {
            out.clear().capacity(0);
            injected.clear();
        } finally {
            turn.unlock();
        }
    }

    private void add(byte[] bytes) {
        out.writeBytes(bytes);
    }

    private void flush() throws IOException {
        byte[] bytes = out.array();
        int end = out.writerIndex();
        for (int from = 0; from < end; ) {
            pass();
            long allowed = Math.min(faults.cutAt(), hasStalled ? Long.MAX_VALUE : faults.stallAt()) - sent;
            int count = (int) Math.max(0, Math.min(Math.min(bytesPerWrite, end - from), allowed));
            if (count == 0) {
                fault();
                continue;
            }
            write(bytes, from, count);
            from += count;
            sent += count;
        }
        if (end > 0 && sent >= faults.cutAt()) {
            fault();
        }
        out.clear();
        if (out.capacity() > 4 * settings.bufferSize()) {
            out.capacity(settings.bufferSize());
        }
    }

    private void write(byte[] bytes, int from, int count) throws IOException {
        try {
            traffic.to(side).write(bytes, from, count);
        } catch (IOException e) {
            throw new ReceiverGone(e);
        }
    }

    /** The other end takes nothing more. What it has said before may still be on its way. */
    static final class ReceiverGone extends IOException {
        private static final long serialVersionUID = 1L;

        ReceiverGone(IOException cause) {
            super(cause);
        }
    }

    /** Does what is to happen behind as many bytes as were sent. */
    private void fault() throws IOException {
        if (sent >= faults.cutAt()) {
            traffic.close(faults.resets());
            throw new EOFException("cut");
        }
        hasStalled = true;
        stall();
    }

    /** Waits, but not for a line that is closed. */
    private void pause(Duration delay) throws InterruptedException {
        long left = delay.toNanos();
        gate.lock();
        try {
            while (left > 0 && !traffic.isClosed()) {
                left = opened.awaitNanos(left);
            }
        } finally {
            gate.unlock();
        }
    }

    /** Waits while the line is stalled. */
    private void pass() throws IOException {
        gate.lock();
        try {
            while (stalled && !traffic.isClosed()) {
                opened.awaitUninterruptibly();
            }
        } finally {
            gate.unlock();
        }
    }
}
