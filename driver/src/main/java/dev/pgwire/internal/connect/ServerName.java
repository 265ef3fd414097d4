package dev.pgwire.internal.connect;

import dev.pgwire.config.Host;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** What messages call a server: what the user wrote, and where that led. */
final class ServerName {
    private ServerName() {}

    static String of(Host host, SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            return "\"" + host.shownName() + "\" (" + inet.getAddress().getHostAddress() + "), port " + inet.getPort();
        }
        return "the Unix socket \"" + address + "\"";
    }
}
