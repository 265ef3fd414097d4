package dev.pgwire.laboratory.socket;

import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.frontend.Opening;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One end of a line, towards the client or the server: a socket, in the clear or by TLS. One thread reads while others write. */
public final class End implements Closeable {
    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private final Closeable socket;
    /** Held while this end is written to: TLS says goodbye only where that does not have to wait for a write that is stuck. */
    private final ReentrantLock writing = new ReentrantLock();

    private End(SocketChannel channel, InputStream in, OutputStream out, Closeable socket) {
        this.channel = channel;
        this.in = in;
        this.out = out;
        this.socket = socket;
    }

    public static End clear(SocketChannel channel) {
        return new End(channel, new ChannelInput(channel), new ChannelOutput(channel), channel);
    }

    /**
     * The same socket by TLS, as the server of it.
     *
     * @param consumed what of the client's first TLS message was read already
     */
    public End serveTls(SSLContext context, byte[] consumed) throws IOException {
        SSLSocket tls = (SSLSocket)
                context.getSocketFactory().createSocket(channel.socket(), new ByteArrayInputStream(consumed), true);
        return shakeHands(tls, false);
    }

    /**
     * Asks the server at the other end for TLS, and goes on by that.
     *
     * @throws IOException if it does not speak TLS, or the context does not trust it
     */
    public End askForTls(SSLContext context) throws IOException {
        ByteBuf request = Unpooled.buffer();
        Opening.Encryption.SSL_REQUEST.encode(request);
        write(request.array(), 0, request.readableBytes());
        byte[] answer = new byte[1];
        if (read(answer) != 1 || answer[0] != EncryptionAnswer.TLS.answer()) {
            throw new IOException("the server does not speak TLS, expected that it does");
        }
        return useTls(context);
    }

    /** The same socket by TLS, as its client. */
    public End useTls(SSLContext context) throws IOException {
        Socket socket = channel.socket();
        return shakeHands(
                (SSLSocket) context.getSocketFactory().createSocket(socket, "server", socket.getPort(), true), true);
    }

    private End shakeHands(SSLSocket tls, boolean asClient) throws IOException {
        tls.setUseClientMode(asClient);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"postgresql"});
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return new End(channel, tls.getInputStream(), tls.getOutputStream(), tls);
    }

    /** What was agreed on by TLS; null in the clear. */
    public @Nullable SSLSession tlsSession() {
        return socket instanceof SSLSocket tls ? tls.getSession() : null;
    }

    /**
     * Reads what is there, without waiting. To be called while no other thread reads or writes; in the clear only.
     *
     * @return the number of bytes, 0 for none, -1 at the end of the stream
     */
    public int poll(byte[] into) throws IOException {
        channel.configureBlocking(false);
        try {
            return channel.read(ByteBuffer.wrap(into));
        } finally {
            channel.configureBlocking(true);
        }
    }

    public int read(byte[] into) throws IOException {
        return in.read(into);
    }

    public void write(byte[] bytes, int from, int count) throws IOException {
        writing.lock();
        try {
            out.write(bytes, from, count);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    /** Says that nothing more comes; what the other end sends can still be read. */
    public void endOutput() throws IOException {
        if (socket == channel) {
            channel.shutdownOutput();
        } else {
            // TLS 1.2 ends both directions at once, and so does the JDK's close.
            ((SSLSocket) socket).shutdownOutput();
        }
    }

    /** Breaks off: the other end gets a "connection reset". */
    public void reset() throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        channel.close();
    }

    @Override
    public void close() throws IOException {
        try {
            if (writing.tryLock()) {
                try {
                    socket.close();
                } finally {
                    writing.unlock();
                }
            }
        } finally {
            channel.close();
        }
    }

    // Not those of java.nio.channels.Channels: there a read that waits keeps out a write.

    private static final class ChannelInput extends InputStream {
        private final SocketChannel channel;

        ChannelInput(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            return channel.read(ByteBuffer.wrap(into, from, count));
        }
    }

    private static final class ChannelOutput extends OutputStream {
        private final SocketChannel channel;

        ChannelOutput(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes, from, count);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }
}
