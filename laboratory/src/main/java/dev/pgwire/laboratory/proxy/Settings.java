package dev.pgwire.laboratory.proxy;

import dev.pgwire.laboratory.socket.Failures;
import dev.pgwire.protocol.dialogue.Side;
import java.net.SocketAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What a proxy was told to do with all of its lines, and what went wrong on them. */
record Settings(
        SocketAddress server,
        Tap tap,
        @Nullable SSLContext tlsToClient,
        @Nullable SSLContext tlsToServer,
        int bufferSize,
        int serverReceiveBuffer,
        Faults frontend,
        Faults backend,
        Failures failures) {

    /** What happens to the bytes of one side, by their number. */
    record Faults(long cutAt, boolean resets, long stallAt, int bytesPerWrite) {
        static final Faults NONE = new Faults(Long.MAX_VALUE, false, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    Faults of(Side side) {
        return side == Side.FRONTEND ? frontend : backend;
    }
}
