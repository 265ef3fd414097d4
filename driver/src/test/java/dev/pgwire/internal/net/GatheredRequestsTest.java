package dev.pgwire.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.protocol.frontend.Command;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that are kept, to leave in one write. */
class GatheredRequestsTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Transport transport =
            new Transport(channel, new ReceiveBuffer(new Gathering()), new Conversation(new ServerState()), null);

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
        transport.release();
    }

    private void sync() {
        Command.SYNC.encode(transport.request());
        transport.flush();
    }

    private int sentSyncs() {
        int bytes = 0;
        for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            bytes += sent.readableBytes();
            sent.release();
        }
        assertEquals(0, bytes % 5);
        return bytes / 5;
    }

    @Test
    void theyLeaveTogether() {
        transport.gathers();
        sync();
        sync();
        assertEquals(0, sentSyncs());
        transport.sendGathered();
        assertEquals(1, channel.outboundMessages().size());
        assertEquals(2, sentSyncs());
        transport.sendGathered();
        assertEquals(0, sentSyncs());
    }

    /** A socket that gets full says so in the middle of the write, and what it tells may want to write, too. */
    @Test
    void theyLeaveOnceIfTheSocketTellsOfItsStateMeanwhile() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            private int more = 3;

            @Override
            public void channelWritabilityChanged(ChannelHandlerContext context) {
                if (more > 0) {
                    more--;
                    sync();
                }
                transport.sendGathered();
            }
        });
        transport.gathers();
        for (int i = 0; i < 10; i++) {
            sync();
        }
        transport.sendGathered();
        transport.sendGathered();
        assertEquals(13, sentSyncs());
    }
}
