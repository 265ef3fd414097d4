package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.benchmarks.compare.server.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A socket channel that does not block, a selector to wait with, and two buffers outside the heap. */
final class ChannelLink implements Link {
    private static final int SIZE = 64 * 1024;

    private final SocketChannel channel;
    private final Selector selector = Selector.open();
    private final ByteBuffer out = ByteBuffer.allocateDirect(SIZE);
    private final ByteBuffer in = ByteBuffer.allocateDirect(SIZE);

    private ChannelLink(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    static Link open(Address address) throws IOException {
        ChannelLink link = connect(address);
        return address.isTls() ? TlsLink.over(link) : link;
    }

    private static ChannelLink connect(Address address) throws IOException {
        if (address.isUnixSocket()) {
            return new ChannelLink(
                    SocketChannel.open(UnixDomainSocketAddress.of(address.host() + "/.s.PGSQL." + address.port())));
        }
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(address.host(), address.port()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new ChannelLink(channel);
    }

    @Override
    public void send(byte[] bytes, int length) throws IOException {
        for (int at = 0; at < length; at += out.limit()) {
            out.clear()
                    .limit(Math.min(SIZE, length - at))
                    .put(bytes, at, out.limit())
                    .flip();
            while (out.hasRemaining()) {
                // A server that does not read yet will soon.
                channel.write(out);
            }
        }
    }

    @Override
    public int receive(byte[] into, int at, int length) throws IOException {
        in.clear().limit(Math.min(SIZE, length));
        int count;
        do {
            selector.select();
            selector.selectedKeys().clear();
            count = channel.read(in);
        } while (count == 0);
        in.flip().get(into, at, Math.max(0, count));
        return count;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
