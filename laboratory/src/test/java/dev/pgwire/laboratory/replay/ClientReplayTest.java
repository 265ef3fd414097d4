package dev.pgwire.laboratory.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a replay does with a server that is not one. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientReplayTest {
    private static final String SESSION = """
            pgwire recording 1
            1 F StartupMessage 196608 "user" "ada" ""
            1 B ReadyForQuery <I>
            1 F Terminate
            """;

    private static Recording session() throws IOException {
        return Recording.read(new BufferedReader(new StringReader(SESSION)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatSaysNothingIsWaitedForAsLongAsThePatienceIs(boolean byTls) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            ClientReplay replay = Replay.asClient(session(), "127.0.0.1", silent.getLocalPort())
                    .patience(Duration.ofMillis(50));
            if (byTls) {
                replay.tls(SSLContext.getDefault());
            }
            IOException late = assertThrows(IOException.class, replay::run);
            assertEquals(
                    "the server has not let the replay in within PT0.05S, expected that it does", late.getMessage());
        }
    }

    @Test
    void whatFailsBeforeThatSaysWhy() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThrows(SocketException.class, () -> Replay.asClient(session(), "127.0.0.1", port)
                .run());
    }

    @Test
    void tlsGoesOverTcp() throws Exception {
        ClientReplay replay = Replay.asClient(session(), UnixDomainSocketAddress.of(Path.of("none")))
                .tls(SSLContext.getDefault());
        IOException refused = assertThrows(IOException.class, replay::run);
        assertTrue(refused.getMessage().contains("expected a host and a port"), refused.getMessage());
    }
}
