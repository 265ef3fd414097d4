package dev.pgwire.internal.net;

import dev.pgwire.config.Config;
import dev.pgwire.config.SocketTransport;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.SessionEvents;
import dev.pgwire.internal.tls.record.TlsRecords;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.trace.WireTrace;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is made of before there is a session: a loop, a socket, and what is put between the socket and its
 * reader. Nothing here waits: the transport is driven until what was begun is done.
 */
public final class Link {
    private final CallerEventLoop loop;
    private final Channel channel;
    /** The channel, if it is one that can be used past its pipeline. */
    private final @Nullable Socket socket;

    private final FrameDecoder reader;
    private final Transport transport;
    private final CallerTurns turns;
    private @Nullable EncryptionReply reply;

    private Link(CallerEventLoop loop, Channel channel, FrameDecoder reader, Transport transport, CallerTurns turns) {
        this.turns = turns;
        this.loop = loop;
        this.channel = channel;
        this.socket = channel instanceof Socket direct ? direct : null;
        loop.readsDirectly(socket);
        this.reader = reader;
        this.transport = transport;
    }

    /**
     * A socket that is not connected yet. The current thread has entered its transport then.
     *
     * @param kind what carries its bytes
     * @param unix whether it is a Unix socket
     * @param events is told what the server says unasked
     * @throws CannotConnectException if the system gives no selector
     * @throws IOException if it gives no socket
     */
    public static Link open(Config config, SocketTransport kind, boolean unix, SessionEvents events)
            throws IOException {
        CallerEventLoop loop = newLoop(kind);
        Conversation conversation = new Conversation(events);
        WireTrace trace = config.trace() == null ? null : new WireTrace(config.trace());
        ReceiveBuffer received = new ReceiveBuffer(loop.gathering());
        FrameDecoder reader = new FrameDecoder(conversation, trace);
        Channel channel;
        loop.enter();
        try {
            channel = kind == SocketTransport.EPOLL
                    ? EpollSocket.open(loop, received, reader, config, unix)
                    : Socket.open(loop, received, reader, config, unix);
        } catch (Throwable failure) {
            loop.destroy();
            loop.exit();
            received.release();
            if (!(failure instanceof ChannelException)) {
                throw failure;
            }
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            throw reason instanceof IOException systems ? systems : new IOException(reason.getMessage(), reason);
        }
        Transport transport = new Transport(channel, received, conversation, trace);
        return new Link(loop, channel, reader, transport, new CallerTurns(loop, transport));
    }

    private static CallerEventLoop newLoop(SocketTransport kind) {
        try {
            return new CallerEventLoop(kind);
        } catch (ChannelException failure) {
            throw new CannotConnectException(
                    CannotConnectException.Reason.OTHER,
                    "no selector could be opened, expected that the system has one left",
                    failure);
        }
    }

    /** Begins to connect. */
    public Done connect(SocketAddress address) {
        return new Done(channel.connect(socket == null ? EpollSocket.address(address) : address));
    }

    /** Asks the server for TLS; returns the goal to wait for: an answer came, or none can come. */
    public BooleanSupplier askForTls() {
        EncryptionReply asked = new EncryptionReply();
        reply = asked;
        loop.readsDirectly(null);
        channel.pipeline().addFirst("encryption", asked);
        transport.send(Opening.Encryption.SSL_REQUEST);
        return asked;
    }

    /**
     * Whether the server agrees to what {@link #askForTls} asked for.
     *
     * @throws CannotConnectException if it said neither yes nor no, or more than that
     */
    public boolean isTlsAgreed() {
        EncryptionReply asked = reply;
        if (asked == null) {
            throw new IllegalStateException("the server was not asked for TLS");
        }
        boolean agreed = asked.isAgreed();
        channel.pipeline().remove(asked);
        reply = null;
        loop.readsDirectly(socket);
        return agreed;
    }

    /** Encrypts what follows: begins the handshake. */
    public Handshake encrypt(SSLEngine engine) {
        TlsRecords records = new TlsRecords(engine, socket == null ? this::send : socket::send, reader);
        reader.decryptBy(records);
        transport.encryptBy(records);
        try {
            records.begin();
        } catch (IOException failure) {
            channel.pipeline().fireExceptionCaught(failure);
        }
        return new Handshake(records, transport);
    }

    /** Bytes in memory that is used for others when this returns. */
    private void send(ByteBuffer bytes) {
        channel.writeAndFlush(Unpooled.directBuffer(bytes.remaining()).writeBytes(bytes), channel.voidPromise());
    }

    /** Has the waits that follow ask a guard whether they may go on. */
    public void guardWaits(WaitGuard guard) {
        loop.guardWaits(guard);
    }

    /** The socket, for questions to the system; null if it is none of the JDK's. */
    public @Nullable SocketChannel socket() {
        return socket == null ? null : socket.javaChannel();
    }

    /** The way to the server. */
    public Transport transport() {
        return transport;
    }

    /** Whose turn it is to use it. */
    public CallerTurns turns() {
        return turns;
    }
}
