package dev.pgwire.laboratory.proxy;

import dev.pgwire.laboratory.socket.End;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.dialogue.FrameCutter;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Opening;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Opens a line: connects to the server, and agrees with both ends on TLS where the proxy speaks it itself. */
final class Opener {
    private static final int TLS_HANDSHAKE = 0x16;

    private final Settings settings;
    private byte[] received = {};

    Opener(Settings settings) {
        this.settings = settings;
    }

    /** What the client has sent and was not an agreement on encryption. */
    byte[] received() {
        return received;
    }

    /** Who is told of an end before it is connected, so that it can be closed while that takes its time. */
    interface Begun {
        void at(End end) throws IOException;
    }

    End connect(Begun begun) throws IOException {
        SocketAddress address = settings.server();
        boolean isUnix = address instanceof UnixDomainSocketAddress;
        SocketChannel channel = isUnix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        End clear = End.clear(channel);
        try {
            begun.at(clear);
            if (settings.serverReceiveBuffer() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, settings.serverReceiveBuffer());
            }
            channel.connect(address);
            if (!isUnix) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            SSLContext tls = settings.tlsToServer();
            return tls == null ? clear : clear.askForTls(tls);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Answers what the client asks about encryption, if the proxy speaks TLS to one of the ends. */
    End welcome(End client) throws IOException {
        SSLContext context = settings.tlsToClient();
        if (context == null && settings.tlsToServer() == null) {
            return client;
        }
        FrameCutter cutter = new FrameCutter(Side.FRONTEND);
        byte[] bytes = new byte[Wire.LENGTH + Integer.BYTES];
        while (true) {
            int read = client.read(bytes);
            if (read < 0) {
                throw new EOFException("the client has closed its connection before it said what it wants");
            }
            cutter.add(bytes, 0, read);
            if (bytes[0] == TLS_HANDSHAKE && cutter.offset() == 0 && cutter.waiting() == read) {
                return tls(client, context, cutter.rest());
            }
            if (cutter.waiting() < bytes.length) {
                continue;
            }
            byte[] begin = cutter.rest();
            ByteBuf opening = Unpooled.wrappedBuffer(begin);
            if (!Opening.Encryption.isAskedBy(opening.getInt(Wire.LENGTH))) {
                received = begin;
                return client;
            }
            ByteBuf asksForTls = Unpooled.buffer();
            Opening.Encryption.SSL_REQUEST.encode(asksForTls);
            if (context != null && opening.equals(asksForTls)) {
                client.write(new byte[] {EncryptionAnswer.TLS.answer()}, 0, 1);
                return tls(client, context, new byte[0]);
            }
            client.write(new byte[] {EncryptionAnswer.NEITHER.answer()}, 0, 1);
        }
    }

    private static End tls(End client, @Nullable SSLContext context, byte[] consumed) throws IOException {
        if (context == null) {
            throw new IOException("the client began by TLS, which the proxy was not told to speak to it");
        }
        return client.serveTls(context, consumed);
    }
}
