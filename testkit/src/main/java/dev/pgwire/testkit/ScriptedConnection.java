package dev.pgwire.testkit;

import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.FrameCutter;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.GSSResponse;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordKind;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The server's end of one connection, as a {@link Step} sees it. */
public final class ScriptedConnection {
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final long BETWEEN_PIECES_NANOS = 50_000;

    private final Socket socket;
    private final FrameCutter cutter = new FrameCutter(Side.FRONTEND);
    private final byte[] received = new byte[16 * 1024];
    private InputStream in;
    private OutputStream out;
    private @Nullable SSLSocket tls;
    private int bytesPerWrite = Integer.MAX_VALUE;
    private boolean opened;
    private PasswordKind password = PasswordKind.PASSWORD;

    ScriptedConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Reads the next message. */
    public FrontendMessage receive() throws IOException {
        return decode(frame("a message", password));
    }

    /** Reads a message, which must be this one to the byte. */
    public void expect(FrontendMessage message) throws IOException {
        Frame got = frame(message.toString(), kindOf(message.getClass(), password));
        byte[] expected = encode(message::encode);
        if (!got.bytes().equals(Unpooled.wrappedBuffer(expected))) {
            throw new AssertionError("expected " + message + " " + hex(expected) + ", got " + describe(got));
        }
        decode(got);
    }

    /** Reads a message, which must be of this kind. */
    public <T extends FrontendMessage> T expect(Class<T> kind) throws IOException {
        Frame got = frame(kind.getSimpleName(), kindOf(kind, password));
        FrontendMessage message = decode(got);
        if (!kind.isInstance(message)) {
            throw new AssertionError("expected " + kind.getSimpleName() + ", got " + describe(got));
        }
        return kind.cast(message);
    }

    /** Waits until the client closes the connection; a Terminate before that is good manners. */
    public void expectEnd() throws IOException {
        Frame got = frameOrEnd(password);
        if (got != null && got.bytes().equals(Unpooled.wrappedBuffer(encode(Command.TERMINATE::encode)))) {
            got = frameOrEnd(password);
        }
        if (got != null) {
            throw new AssertionError("expected the end of the connection, got " + describe(got));
        }
    }

    /** Sends messages. */
    public void send(BackendMessage... messages) throws IOException {
        sendRaw(encode(out -> {
            for (BackendMessage message : messages) {
                message.encode(out);
            }
        }));
        for (BackendMessage message : messages) {
            if (message instanceof Authentication) {
                PasswordKind asked = PasswordKind.askedBy(
                        Unpooled.wrappedBuffer(encode(message::encode)).getInt(Wire.HEADER));
                password = asked == null ? PasswordKind.PASSWORD : asked;
            }
        }
    }

    /** Sends bytes. */
    public void sendRaw(byte... bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += Math.min(bytesPerWrite, bytes.length - from)) {
            if (from > 0) {
                // Or the next piece is there before the reader has looked, and it never sees the first alone.
                LockSupport.parkNanos(BETWEEN_PIECES_NANOS);
            }
            out.write(bytes, from, Math.min(bytesPerWrite, bytes.length - from));
        }
    }

    /**
     * Shakes hands as the server of TLS; all that follows goes through it. To be called when the client has been told that it
     * may begin, or where it begins by itself.
     *
     * @return what was agreed on
     */
    public SSLSession startTls(SSLContext context) throws IOException {
        SSLSocket encrypted = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        encrypted.setUseClientMode(false);
        encrypted.startHandshake();
        in = encrypted.getInputStream();
        out = encrypted.getOutputStream();
        tls = encrypted;
        return encrypted.getSession();
    }

    void split(int bytesPerWrite) {
        if (bytesPerWrite < 1) {
            throw new IllegalArgumentException(bytesPerWrite + " bytes per write, expected at least 1");
        }
        this.bytesPerWrite = bytesPerWrite;
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() throws IOException {
        if (tls != null) {
            tls.close();
        }
        socket.close();
    }

    void closeWithReset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    void waitForEver() throws IOException {
        socket.setSoTimeout(0);
    }

    private Frame frame(String expected, PasswordKind kind) throws IOException {
        try {
            Frame frame = frameOrEnd(kind);
            if (frame == null) {
                throw new AssertionError("expected " + expected + ", got the end of the connection");
            }
            return frame;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("expected " + expected + ", got nothing for " + PATIENCE_MILLIS / 1000 + " s", e);
        }
    }

    /** The next message; null at the end of the stream. */
    private @Nullable Frame frameOrEnd(PasswordKind kind) throws IOException {
        try {
            while (true) {
                Frame frame = opened ? cutter.tagged(kind) : isTls() ? null : cutter.opening();
                if (frame != null) {
                    return frame;
                }
                int read = in.read(received);
                if (read < 0 && cutter.waiting() > 0) {
                    throw new EOFException("the connection ended inside of a message " + hex(cutter.rest()));
                }
                if (read < 0) {
                    return null;
                }
                cutter.add(received, 0, read);
            }
        } catch (ProtocolViolation e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Whether the client shakes hands although the script does not: that is no message, and goes on until the client ends it. */
    private boolean isTls() {
        return cutter.peek(0) == TLS_HANDSHAKE;
    }

    private FrontendMessage decode(Frame frame) {
        FrontendMessage message = (FrontendMessage) frame.message();
        opened |= message instanceof Opening && !(message instanceof Opening.Encryption);
        return message;
    }

    private static String describe(Frame frame) {
        return frame + " " + hex(ByteBufUtil.getBytes(frame.bytes()));
    }

    private static String hex(byte[] frame) {
        String digits = ByteBufUtil.hexDump(frame, 0, Math.min(frame.length, 64));
        return "[" + digits + (frame.length > 64 ? "... " + frame.length + " bytes]" : "]");
    }

    private static PasswordKind kindOf(Class<?> message, PasswordKind otherwise) {
        if (message == SASLInitialResponse.class) {
            return PasswordKind.SASL_INITIAL;
        }
        if (message == SASLResponse.class) {
            return PasswordKind.SASL;
        }
        return message == GSSResponse.class ? PasswordKind.GSS : otherwise;
    }

    private static byte[] encode(Consumer<ByteBuf> message) {
        ByteBuf out = Unpooled.buffer();
        try {
            message.accept(out);
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }
}
