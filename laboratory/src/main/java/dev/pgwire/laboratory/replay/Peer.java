package dev.pgwire.laboratory.replay;

import dev.pgwire.laboratory.socket.End;
import dev.pgwire.laboratory.socket.Listener;
import dev.pgwire.protocol.auth.EndPoint;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.FrameCutter;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.PasswordKind;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connection to the other side: one thread reads messages while others write. */
final class Peer implements Closeable {
    private final End end;
    private final FrameCutter cutter;
    private final byte[] buffer = new byte[64 * 1024];

    /** A connection at whose other end this side speaks. */
    Peer(End end, Side other) {
        this.end = end;
        this.cutter = new FrameCutter(other);
    }

    /**
     * A connection to a server.
     *
     * @param tls whom to trust if it is one by TLS; null for one in the clear
     * @param limit how long all may take
     * @throws IOException if there is none, or it does not speak TLS as it should
     */
    static Peer connect(SocketAddress server, @Nullable SSLContext tls, TimeLimit limit) throws IOException {
        if (tls != null && !(server instanceof InetSocketAddress)) {
            throw new IOException("TLS was asked for at " + server + ", expected a host and a port: it goes over TCP");
        }
        SocketChannel channel = server instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            limit.guard(channel);
            channel.connect(server);
            if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            End clear = End.clear(channel);
            return new Peer(tls == null ? clear : clear.askForTls(tls), Side.BACKEND);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What SCRAM is bound to on this connection; null in the clear, or if the certificate has nothing to bind to. */
    byte @Nullable [] endPoint() throws IOException {
        SSLSession session = end.tlsSession();
        return session == null
                ? null
                : EndPoint.of((X509Certificate) session.getPeerCertificates()[0])
                        .data();
    }

    /** The next message with a tag; null at the end. */
    @Nullable
    Frame next() throws IOException {
        Frame frame = cutter.tagged(PasswordKind.PASSWORD);
        while (frame == null && receive()) {
            frame = cutter.tagged(PasswordKind.PASSWORD);
        }
        return frame;
    }

    /** The next message without a tag; null at the end. */
    @Nullable
    Frame opening() throws IOException {
        Frame frame = cutter.opening();
        while (frame == null && receive()) {
            frame = cutter.opening();
        }
        return frame;
    }

    private boolean receive() throws IOException {
        int count = end.read(buffer);
        if (count > 0) {
            cutter.add(buffer, 0, count);
        }
        return count >= 0;
    }

    void send(byte... bytes) throws IOException {
        end.write(bytes, 0, bytes.length);
    }

    @Override
    public void close() throws IOException {
        end.close();
    }

    /** What a thread does. */
    interface Work {
        void run() throws IOException;
    }

    /** Starts a thread, which may end because its connection is closed. */
    static void thread(String name, Work work) {
        Listener.thread(name, () -> {
            try {
                work.run();
            } catch (IOException closed) {
                // The other side has gone, or the replay is over.
            }
        });
    }
}
