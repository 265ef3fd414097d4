package dev.pgwire.internal.net;

import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.SessionEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** A transport without a socket: what is sent can be looked at, and what is received is given to it. */
public final class EmbeddedTransport implements AutoCloseable {
    private final EmbeddedChannel channel;
    private final Transport transport;

    public EmbeddedTransport(SessionEvents events) {
        Conversation conversation = new Conversation(events);
        channel = new EmbeddedChannel(new FrameDecoder(conversation, null));
        transport = new Transport(channel, new ReceiveBuffer(new Gathering()), conversation, null);
    }

    public Transport transport() {
        return transport;
    }

    /** What was sent since the last call. */
    public ByteBuf sent() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return all;
    }

    /** Bytes come from the server, in one read. */
    public void receive(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    /** The socket keeps up, or does not. */
    public void hasRoom(boolean room) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, room);
    }

    /** The server closes the connection. */
    public void lose() {
        channel.close();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        transport.release();
    }
}
