package dev.pgwire.testkit;

import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.FrontendDecoder;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.GSSResponse;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordKind;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The server's end of one connection, as a {@link Step} sees it. */
public final class ScriptedConnection {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final long BETWEEN_PIECES_NANOS = 50_000;

    private final Socket socket;
    private DataInputStream in;
    private OutputStream out;
    private @Nullable SSLSocket tls;
    private int bytesPerWrite = Integer.MAX_VALUE;
    private boolean opened;
    private PasswordKind password = PasswordKind.PASSWORD;

    ScriptedConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Reads the next message. */
    public FrontendMessage receive() throws IOException {
        return decode(frame("a message"), password);
    }

    /** Reads a message, which must be this one to the byte. */
    public void expect(FrontendMessage message) throws IOException {
        byte[] expected = encode(message::encode);
        byte[] got = frame(message.toString());
        if (!Arrays.equals(expected, got)) {
            throw new AssertionError("expected " + message + " " + hex(expected) + ", got " + describe(got));
        }
        decode(got, kindOf(message.getClass(), password));
    }

    /** Reads a message, which must be of this kind. */
    public <T extends FrontendMessage> T expect(Class<T> kind) throws IOException {
        byte[] got = frame(kind.getSimpleName());
        FrontendMessage message = decode(got, kindOf(kind, password));
        if (!kind.isInstance(message)) {
            throw new AssertionError("expected " + kind.getSimpleName() + ", got " + describe(got));
        }
        return kind.cast(message);
    }

    /** Waits until the client closes the connection; a Terminate before that is good manners. */
    public void expectEnd() throws IOException {
        byte[] got = frameOrEnd();
        if (got != null && Arrays.equals(got, encode(Command.TERMINATE::encode))) {
            got = frameOrEnd();
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
            if (message instanceof Authentication request) {
                password = kindAfter(request);
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
        in = new DataInputStream(encrypted.getInputStream());
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

    private byte[] frame(String expected) throws IOException {
        try {
            byte[] frame = frameOrEnd();
            if (frame == null) {
                throw new AssertionError("expected " + expected + ", got the end of the connection");
            }
            return frame;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("expected " + expected + ", got nothing for " + PATIENCE_MILLIS / 1000 + " s", e);
        }
    }

    /** A whole message with its tag, if it has one, and its length; null at the end of the stream. */
    private byte @Nullable [] frameOrEnd() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int header = opened ? Wire.HEADER : Wire.LENGTH;
        byte[] head = new byte[header];
        head[0] = (byte) first;
        in.readFully(head, 1, header - 1);
        int length = Unpooled.wrappedBuffer(head).getInt(header - Wire.LENGTH);
        int body = length - Wire.LENGTH;
        if (body < 0 || body > Wire.MAX_BODY) {
            throw new AssertionError("a message of length " + length + ", which none has");
        }
        byte[] frame = Arrays.copyOf(head, header + body);
        if (in.readNBytes(frame, header, body) < body) {
            throw new EOFException("the connection ended inside of a message " + hex(frame));
        }
        return frame;
    }

    private FrontendMessage decode(byte[] frame, PasswordKind kind) {
        int header = opened ? Wire.HEADER : Wire.LENGTH;
        ByteBuf body = Unpooled.wrappedBuffer(frame, header, frame.length - header);
        if (opened) {
            return FrontendDecoder.decode(frame[0], body, kind);
        }
        Opening opening = FrontendDecoder.opening(body);
        opened = !(opening instanceof Opening.Encryption);
        return opening;
    }

    private String describe(byte[] frame) {
        try {
            return decode(frame, password) + " " + hex(frame);
        } catch (RuntimeException e) {
            return "no message (" + e.getMessage() + ") " + hex(frame);
        }
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

    private static PasswordKind kindAfter(Authentication request) {
        if (request instanceof Authentication.Sasl) {
            return PasswordKind.SASL_INITIAL;
        }
        if (request instanceof Authentication.SaslContinue) {
            return PasswordKind.SASL;
        }
        boolean gss = request == Authentication.Request.GSS
                || request == Authentication.Request.SSPI
                || request instanceof Authentication.GssContinue;
        return gss ? PasswordKind.GSS : PasswordKind.PASSWORD;
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
