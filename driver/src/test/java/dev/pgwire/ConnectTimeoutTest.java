package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that falls silent, at each point where it can: one second, and the connection is given up. */
@Timeout(20)
class ConnectTimeoutTest {
    @Test
    void whenNobodyAcceptsTheConnection() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            List<SocketChannel> others = new ArrayList<>();
            try {
                // Until the queue is full: the next one's SYN is dropped.
                for (int i = 0; i < 4; i++) {
                    SocketChannel other = SocketChannel.open();
                    others.add(other);
                    other.configureBlocking(false);
                    other.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()));
                }
                assertGivesUp("host=127.0.0.1 port=" + full.getLocalPort() + " user=ada");
            } finally {
                for (SocketChannel other : others) {
                    other.close();
                }
            }
        }
    }

    @Test
    void whenTheRequestForTlsIsNotAnswered() {
        assertGivesUp("prefer", Step.expect(Opening.Encryption.SSL_REQUEST), Step.expectEnd());
    }

    @Test
    void whenTheHandshakeIsNotAnswered() {
        assertGivesUp(
                "require", Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw((byte) 'S'), connection -> {});
    }

    @Test
    void whenTheStartupMessageIsNotAnswered() {
        assertGivesUp("disable", Step.expect(Opening.Startup.class), Step.expectEnd());
    }

    @Test
    void whenScramIsNotAnswered() {
        assertGivesUp(
                "disable",
                Step.expect(Opening.Startup.class),
                Step.send(new Authentication.Sasl(List.of("SCRAM-SHA-256"))),
                Step.expect(SASLInitialResponse.class),
                Step.expectEnd());
    }

    @Test
    void whenTheLastAnswerIsNotFollowedByReadyForQuery() {
        assertGivesUp(
                "disable", Step.expect(Opening.Startup.class), Step.send(Authentication.Request.OK), Step.expectEnd());
    }

    private static void assertGivesUp(String sslMode, Step... steps) {
        try (ScriptedServer server = ScriptedServer.start(steps)) {
            assertGivesUp(server.dsn() + " password=secret sslmode=" + sslMode);
        }
    }

    private static void assertGivesUp(String dsn) {
        ConnectionFailureException failure =
                assertThrows(ConnectionFailureException.class, () -> Postgres.connect(dsn + " connect_timeout=1"));
        assertTrue(failure.getMessage().contains("connect_timeout"), failure.getMessage());
        assertEquals("08001", failure.sqlState());
    }
}
