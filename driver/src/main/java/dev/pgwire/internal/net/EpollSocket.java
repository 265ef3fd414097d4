package dev.pgwire.internal.net;

import dev.pgwire.config.Config;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** Opens sockets of Netty's epoll, in place of a {@link Socket}. Everything goes through their pipeline. */
final class EpollSocket {
    private EpollSocket() {}

    /**
     * A socket that is registered with a loop, and not connected. The current thread must have entered the loop.
     *
     * @throws ChannelException if none can be made
     */
    static Channel open(
            CallerEventLoop loop, ReceiveBuffer received, FrameDecoder reader, Config config, boolean unix) {
        Channel channel = unix ? new EpollDomainSocketChannel() : new EpollSocketChannel();
        ChannelPromise registered = channel.newPromise();
        try {
            // The thread that waits for the connection has a deadline of its own.
            channel.config()
                    .setAllocator(UnpooledByteBufAllocator.DEFAULT)
                    .setRecvByteBufAllocator(received)
                    .setConnectTimeoutMillis(0);
            if (!unix) {
                setTcpOptions(channel, config);
            }
            channel.pipeline().addLast("frames", reader);
            channel.unsafe().register(loop, registered);
        } finally {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
            }
        }
        if (!registered.isSuccess()) {
            throw new ChannelException("the socket could not be registered", registered.cause());
        }
        return channel;
    }

    /** The same as {@link TcpOptions}. */
    private static void setTcpOptions(Channel channel, Config config) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        if (config.keepalives()) {
            channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
            set(channel, EpollChannelOption.TCP_KEEPIDLE, config.keepalivesIdle());
            set(channel, EpollChannelOption.TCP_KEEPINTVL, config.keepalivesInterval());
            set(channel, EpollChannelOption.TCP_KEEPCNT, config.keepalivesCount());
        }
        set(channel, EpollChannelOption.TCP_USER_TIMEOUT, config.tcpUserTimeout());
    }

    private static void set(Channel channel, ChannelOption<Integer> option, int value) {
        if (value > 0) {
            channel.config().setOption(option, value);
        }
    }

    /** An address as these sockets take it. */
    static SocketAddress address(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress unix
                ? new DomainSocketAddress(unix.getPath().toString())
                : address;
    }
}
