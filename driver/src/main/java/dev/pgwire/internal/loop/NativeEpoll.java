package dev.pgwire.internal.loop;

import dev.pgwire.error.InterfaceException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import org.jspecify.annotations.Nullable;

/** Netty's epoll, which is there if the program has its jar. */
final class NativeEpoll {
    private NativeEpoll() {}

    /**
     * What makes those who ask epoll.
     *
     * @param mostEvents at once; 0 for as many as there are
     * @throws InterfaceException if it cannot be used here
     */
    static IoHandlerFactory factory(int mostEvents, SelectStrategyFactory strategy) {
        require();
        return EpollIoHandler.newFactory(mostEvents, strategy);
    }

    /**
     * Checks that it can be used here.
     *
     * @throws InterfaceException if it cannot
     */
    static void require() {
        Throwable missing = missing();
        if (missing != null) {
            throw new InterfaceException(
                    "transport=epoll cannot be used here, expected Linux, and io.netty:netty-transport-native-epoll with the"
                            + " classifier linux-x86_64 or linux-aarch_64 on the class path, of the version of the other jars of"
                            + " Netty, or transport=nio: " + missing.getMessage(),
                    missing);
        }
    }

    private static @Nullable Throwable missing() {
        try {
            return Epoll.unavailabilityCause();
        } catch (LinkageError absent) {
            return absent;
        }
    }
}
