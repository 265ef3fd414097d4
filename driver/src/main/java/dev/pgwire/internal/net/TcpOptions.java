package dev.pgwire.internal.net;

import dev.pgwire.config.Config;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * What TCP is told about a connection. A value that the system does not know is left alone, as in libpq; {@code
 * tcp_user_timeout} is one that Java's sockets do not have.
 */
final class TcpOptions {
    private TcpOptions() {}

    static void apply(SocketChannel channel, Config config) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (!config.keepalives()) {
            return;
        }
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        int idle = config.keepalivesIdle();
        int interval = config.keepalivesInterval();
        int count = config.keepalivesCount();
        if (idle > 0 || interval > 0 || count > 0) {
            set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, idle);
            set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, interval);
            set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, count);
        }
    }

    private static void set(SocketChannel channel, SocketOption<Integer> option, int value) throws IOException {
        if (value > 0 && channel.supportedOptions().contains(option)) {
            try {
                channel.setOption(option, value);
            } catch (IOException refused) {
                throw new IOException(option.name() + " cannot be " + value + ": " + refused.getMessage(), refused);
            }
        }
    }
}
