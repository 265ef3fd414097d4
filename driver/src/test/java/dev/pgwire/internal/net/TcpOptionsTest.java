package dev.pgwire.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.config.Config;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class TcpOptionsTest {
    @Test
    void connectionsAreLookedAfterByDefault() throws IOException {
        try (SocketChannel channel = withOptionsOf("host=a")) {
            assertEquals(true, channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
            assertEquals(true, channel.getOption(StandardSocketOptions.TCP_NODELAY));
        }
    }

    @Test
    void theyAreNotIfNobodyWantsIt() throws IOException {
        try (SocketChannel channel = withOptionsOf("host=a keepalives=0 keepalives_idle=7")) {
            assertEquals(false, channel.getOption(StandardSocketOptions.SO_KEEPALIVE));
            assertOption(channel, ExtendedSocketOptions.TCP_KEEPIDLE, defaultOf(ExtendedSocketOptions.TCP_KEEPIDLE));
        }
    }

    @Test
    void theTimesAreThoseThatAreGiven() throws IOException {
        try (SocketChannel channel =
                withOptionsOf("host=a keepalives_idle=7 keepalives_interval=3 keepalives_count=5")) {
            assertOption(channel, ExtendedSocketOptions.TCP_KEEPIDLE, 7);
            assertOption(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, 3);
            assertOption(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, 5);
        }
    }

    private static SocketChannel withOptionsOf(String dsn) throws IOException {
        SocketChannel channel = SocketChannel.open();
        TcpOptions.apply(channel, Config.parse(dsn));
        return channel;
    }

    private static int defaultOf(SocketOption<Integer> option) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            return channel.supportedOptions().contains(option) ? channel.getOption(option) : 0;
        }
    }

    private static void assertOption(SocketChannel channel, SocketOption<Integer> option, int expected)
            throws IOException {
        if (channel.supportedOptions().contains(option)) {
            assertEquals(expected, channel.getOption(option));
        }
    }
}
