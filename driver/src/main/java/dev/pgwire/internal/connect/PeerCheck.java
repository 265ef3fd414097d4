package dev.pgwire.internal.connect;

import dev.pgwire.error.CannotConnectException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** Who is behind a Unix socket: any user may have put one where the server's is expected ({@code requirepeer}). */
final class PeerCheck {
    private PeerCheck() {}

    /**
     * Checks the user of the operating system that the server runs as.
     *
     * @param channel null if it is none of the JDK's
     * @throws CannotConnectException if it is another one, or the system does not tell
     */
    static void check(@Nullable SocketChannel channel, String expected) {
        if (channel == null) {
            throw new CannotConnectException(
                    CannotConnectException.Reason.OTHER,
                    "requirepeer cannot be checked with transport=epoll, expected transport=nio",
                    null);
        }
        String user;
        try {
            user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        } catch (IOException | UnsupportedOperationException failure) {
            throw new CannotConnectException(
                    CannotConnectException.Reason.OTHER,
                    "the system does not tell who is behind the Unix socket, expected requirepeer=\"" + expected + "\"",
                    failure);
        }
        if (!user.equals(expected)) {
            throw new CannotConnectException(
                    CannotConnectException.Reason.OTHER,
                    "the process behind the Unix socket runs as \"" + user + "\", expected requirepeer=\"" + expected
                            + "\"",
                    null);
        }
    }
}
