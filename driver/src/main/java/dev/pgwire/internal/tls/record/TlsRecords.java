package dev.pgwire.internal.tls.record;

// HOT: two calls for each round trip, one for each record of a long answer

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one connection: what is sent becomes records, and records that come become bytes. It knows no socket and no
 * thread; one thread at a time uses it. A failure is thrown after the other side was sent the alert. What is called later
 * fails with that failure as the cause.
 *
 * <p>All memory is in arrays: the JDK's ciphers work on arrays. Memory outside the heap costs them 1.2 to 2.4 times as much for a
 * record of 8 KiB, and up to 2 KiB of garbage; a copy between the two costs a tenth.
 */
public final class TlsRecords {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int HEADER = 5;
    private static final int LENGTH_AT = 3;

    private final SSLEngine engine;
    private final Reader reader;
    private final RecordBuffer in = new RecordBuffer();
    private final RecordWriter out;
    /** For the data of a record that is larger than the reader's room. */
    private ByteBuffer aside = NOTHING;

    private boolean begun;
    private boolean established;
    private boolean closed;
    private @Nullable SSLException failure;

    /** Where records go. */
    public interface Sender {
        /** Takes all of them before it returns. It does not call the TLS that calls it. */
        void send(ByteBuffer records) throws IOException;
    }

    /** Whom decrypted bytes are for. */
    public interface Reader {
        /**
         * The memory that the next bytes go to, from its position to its limit: at least one byte. If it is less than
         * wanted, they may come by a detour and in parts.
         */
        ByteBuffer room(int wanted);

        /** This number of bytes is there now. The reader may send and close, and the next bytes may go elsewhere. */
        void filled(int bytes) throws IOException;
    }

    /** TLS before its handshake, with an engine that was not used yet. */
    public TlsRecords(SSLEngine engine, Sender sender, Reader reader) {
        this.engine = engine;
        this.reader = reader;
        out = new RecordWriter(engine, sender);
    }

    /** Begins the handshake, which goes on with what is received. */
    public void begin() throws IOException {
        begun = true;
        try {
            engine.beginHandshake();
        } catch (SSLException | RuntimeException failed) {
            throw fail(failed);
        }
        shakeHands(engine.getHandshakeStatus());
    }

    /** Whether the first handshake is over, so that data can be sent. */
    public boolean isEstablished() {
        return established;
    }

    /** Whether one of the sides has said that it sends no more: the end of the stream. What comes later is dropped. */
    public boolean isClosed() {
        return closed;
    }

    /** Takes all bytes, and decrypts the records that are complete. The buffer may be used for others when this returns. */
    public void received(ByteBuffer bytes) throws IOException {
        in.growFor(bytes.remaining());
        while (bytes.hasRemaining()) {
            if (failure != null || !begun) {
                throw refusal();
            }
            ByteBuffer records = in.received(RecordBuffer.move(bytes, in.free()));
            try {
                decrypt(records);
            } finally {
                in.taken();
            }
        }
    }

    /** How many bytes of records that came have room. */
    int capacity() {
        return in.capacity();
    }

    private void decrypt(ByteBuffer records) throws IOException {
        while (records.remaining() >= HEADER && !closed) {
            int length = records.getShort(records.position() + LENGTH_AT) & 0xffff;
            if (length > records.remaining() - HEADER) {
                // What is no record fails at once, not when all of its length has come.
                unwrap(records, NOTHING);
                return;
            }
            SSLEngineResult result = unwrap(records, established ? reader.room(length) : NOTHING);
            if (result.bytesProduced() > 0) {
                reader.filled(result.bytesProduced());
            }
            if (isUnusual(result) && !goOn(records, result)) {
                break;
            }
        }
        if (closed) {
            records.position(records.limit());
        }
    }

    private static boolean isUnusual(SSLEngineResult result) {
        return result.getStatus() != Status.OK || result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    /** Does what a record asks for that was not just data; returns whether the next one may be read. */
    private boolean goOn(ByteBuffer records, SSLEngineResult result) throws IOException {
        SSLEngineResult last = result.getStatus() == Status.BUFFER_OVERFLOW ? unwrapAside(records) : result;
        shakeHands(last.getHandshakeStatus());
        closed |= last.getStatus() == Status.CLOSED;
        if (last.getStatus() != Status.OK) {
            return false;
        }
        if (last.bytesConsumed() == 0 && last.getHandshakeStatus() == engine.getHandshakeStatus()) {
            throw fail(new SSLException("TLS does not go on: " + last));
        }
        return true;
    }

    private SSLEngineResult unwrapAside(ByteBuffer records) throws IOException {
        int size = engine.getSession().getApplicationBufferSize();
        if (aside.capacity() < size) {
            aside = ByteBuffer.allocate(size);
        }
        SSLEngineResult result = unwrap(records, aside.clear());
        aside.flip();
        while (aside.hasRemaining()) {
            reader.filled(RecordBuffer.move(aside, reader.room(aside.remaining())));
        }
        return result;
    }

    private SSLEngineResult unwrap(ByteBuffer records, ByteBuffer room) throws SSLException {
        try {
            return engine.unwrap(records, room);
        } catch (SSLException | RuntimeException failed) {
            throw fail(failed);
        }
    }

    /** Sends all of it: a small request in one record and one write. */
    public void send(ByteBuffer plain) throws IOException {
        if (!established || closed || failure != null) {
            throw refusal();
        }
        out.expect(plain.remaining());
        while (plain.hasRemaining()) {
            SSLEngineResult result = wrap(plain);
            if (isUnusual(result)) {
                goOnSending(result);
            }
        }
        out.flush();
    }

    private void goOnSending(SSLEngineResult result) throws IOException {
        shakeHands(result.getHandshakeStatus());
        boolean waits = result.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP
                && result.bytesConsumed() + result.bytesProduced() == 0;
        if (waits || result.getStatus() != Status.OK) {
            throw fail(new SSLException("TLS takes nothing to send: " + result));
        }
    }

    private SSLEngineResult wrap(ByteBuffer plain) throws IOException {
        try {
            return out.wrap(plain);
        } catch (SSLException | RuntimeException failed) {
            throw fail(failed);
        }
    }

    /** Does the moves of the handshake that are due, until it waits for the other side or is over. */
    private void shakeHands(HandshakeStatus due) throws IOException {
        HandshakeStatus status = due;
        boolean moves = true;
        while (moves) {
            if (status == HandshakeStatus.NEED_WRAP) {
                SSLEngineResult result = wrap(NOTHING);
                status = result.getHandshakeStatus();
                moves = result.bytesProduced() > 0 || status != HandshakeStatus.NEED_WRAP;
            } else if (status == HandshakeStatus.NEED_TASK) {
                runTasks();
                status = engine.getHandshakeStatus();
            } else if (status == HandshakeStatus.FINISHED) {
                established = true;
                status = engine.getHandshakeStatus();
            } else {
                moves = false;
            }
        }
        out.flush();
    }

    private void runTasks() throws SSLException {
        try {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        } catch (RuntimeException failed) {
            throw fail(failed);
        }
    }

    /** Tells the other side that nothing more is sent, if it still listens. */
    public void close() {
        closed = true;
        if (begun && failure == null) {
            engine.closeOutbound();
            try {
                shakeHands(HandshakeStatus.NEED_WRAP);
            } catch (IOException | RuntimeException lost) {
                // The connection ends without it.
            }
        }
    }

    /** Sends the alert that tells the other side why. */
    private SSLException fail(Exception cause) {
        SSLException failed =
                cause instanceof SSLException known ? known : new SSLException("TLS failed: " + cause, cause);
        if (failure == null) {
            failure = failed;
            try {
                shakeHands(HandshakeStatus.NEED_WRAP);
            } catch (IOException | RuntimeException lost) {
                if (lost != failed) {
                    failed.addSuppressed(lost);
                }
            }
        }
        return failed;
    }

    private SSLException refusal() {
        if (failure != null) {
            return new SSLException("TLS of this connection has failed before", failure);
        }
        if (closed) {
            return new SSLException("TLS of this connection is closed");
        }
        throw new IllegalStateException("TLS has not shaken hands yet");
    }
}
