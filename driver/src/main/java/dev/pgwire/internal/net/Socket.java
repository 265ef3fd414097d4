package dev.pgwire.internal.net;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelId;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The socket of a connection. It is opened without Netty's Bootstrap, which has nothing to do here: the address is resolved,
 * and its resolver would remember every loop in a table of the JVM's.
 */
final class Socket extends NioSocketChannel {
    private Socket() {}

    /**
     * A socket that is registered with a loop, and not connected. The current thread must have entered the loop.
     *
     * @throws ChannelException if none can be made
     */
    static Socket open(CallerEventLoop loop, ReceiveBuffer received, ChannelInboundHandler handler) {
        Socket socket = new Socket();
        socket.config()
                .setTcpNoDelay(true)
                .setKeepAlive(true)
                .setConnectTimeoutMillis(0)
                .setRecvByteBufAllocator(received);
        socket.pipeline().addLast("frames", handler);
        ChannelPromise registered = socket.newPromise();
        socket.unsafe().register(loop, registered);
        if (!registered.isSuccess()) {
            socket.unsafe().closeForcibly();
            throw new ChannelException("the socket could not be registered", registered.cause());
        }
        return socket;
    }

    /** Netty's own id has the number of the process and the address of a network card in it, which take long to find out. */
    @Override
    protected ChannelId newId() {
        return new SocketId();
    }
}
