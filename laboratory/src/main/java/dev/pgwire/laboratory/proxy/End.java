package dev.pgwire.laboratory.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;

/** One end of a line, towards the client or the server: a socket, in the clear or by TLS. One thread reads while others write. */
final class End implements Closeable {
    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private final Closeable socket;

    private End(SocketChannel channel, InputStream in, OutputStream out, Closeable socket) {
        this.channel = channel;
        this.in = in;
        this.out = out;
        this.socket = socket;
    }

    static End clear(SocketChannel channel) {
        return new End(channel, new ChannelInput(channel), new ChannelOutput(channel), channel);
    }

    /** The same socket by TLS, whose handshake is over. */
    End by(SSLSocket tls) throws IOException {
        return new End(channel, tls.getInputStream(), tls.getOutputStream(), tls);
    }

    Socket socket() {
        return channel.socket();
    }

    InputStream input() {
        return in;
    }

    int read(byte[] into) throws IOException {
        return in.read(into);
    }

    void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
        out.flush();
    }

    /** Says that nothing more comes; what the other end sends can still be read. */
    void endOutput() throws IOException {
        if (socket == channel) {
            channel.shutdownOutput();
        } else {
            // TLS 1.2 ends both directions at once, and so does the JDK's close.
            ((SSLSocket) socket).shutdownOutput();
        }
    }

    /** Breaks off: the other end gets a "connection reset". */
    void reset() throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        channel.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        channel.close();
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
