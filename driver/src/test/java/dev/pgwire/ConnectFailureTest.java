package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.CannotConnectException.Reason;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InvalidPasswordException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connecting throws is a class that users may name, under 08001, and its stack leads to them. */
@Timeout(60)
class ConnectFailureTest {
    @Test
    void nobodyListens() throws IOException {
        assertCannotConnect(Reason.NOT_REACHED, "host=127.0.0.1 port=" + closedPort());
    }

    @Test
    void nobodyListensAtAnyHost() throws IOException {
        DatabaseException failure = assertCannotConnect(
                Reason.NOT_REACHED, "host=127.0.0.1,127.0.0.1 port=" + closedPort() + "," + closedPort());
        assertEquals(2, failure.getSuppressed().length);
        assertEquals(null, failure.getCause());
    }

    @Test
    void theHostIsUnknown() {
        assertCannotConnect(Reason.NOT_REACHED, "host=no.such.host.invalid");
    }

    @Test
    void theServerDoesNotAnswerInTime() {
        try (ScriptedServer server = ScriptedServer.start(Step.expect(Opening.Startup.class), Step.expectEnd())) {
            assertCannotConnect(Reason.NOT_REACHED, server.dsn() + " connect_timeout=1 sslmode=disable");
        }
    }

    @Test
    void theServerHasNoTls() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw((byte) 'N'), Step.expectEnd())) {
            assertCannotConnect(Reason.TLS_NOT_OFFERED, server.dsn() + " sslmode=require");
        }
    }

    @Test
    void theHandshakeFails() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw((byte) 'S'), Step.close())) {
            assertCannotConnect(Reason.TLS_HANDSHAKE, server.dsn() + " sslmode=require");
        }
    }

    @Test
    void theServerHasAnotherRole() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Startup.class),
                Step.welcome(Map.of("in_hot_standby", "off", "default_transaction_read_only", "off")),
                Step.expect(Command.TERMINATE))) {
            assertCannotConnect(Reason.ROLE, server.dsn() + " sslmode=disable target_session_attrs=standby");
        }
    }

    @Test
    void theServerHangsUp() {
        try (ScriptedServer server = ScriptedServer.start(Step.expect(Opening.Startup.class), Step.close())) {
            DatabaseException failure = assertCannotConnect(Reason.OTHER, server.dsn() + " sslmode=disable");
            assertTrue(failure.getMessage().contains("the server closed the connection"), failure.getMessage());
        }
    }

    @Test
    void aFileOfTlsIsMissing() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw((byte) 'S'), Step.expectEnd())) {
            assertCannotConnect(Reason.OTHER, server.dsn() + " sslmode=verify-ca sslrootcert=/no/such/root.crt");
        }
    }

    /** It is not the user of the server who is at fault, but the caller, who gave none. */
    @Test
    void noPasswordIsGiven() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Startup.class),
                Step.send(Authentication.Request.CLEARTEXT_PASSWORD),
                Step.expectEnd())) {
            DatabaseException failure = failure(server.dsn() + " sslmode=disable");
            assertEquals(InvalidPasswordException.class, failure.getClass());
            assertEquals(SqlState.INVALID_PASSWORD, failure.sqlState());
        }
    }

    @Test
    void anInterruptIsNamedAsTheReason() {
        try (ScriptedServer server = ScriptedServer.start(Step.expectEnd())) {
            Thread.currentThread().interrupt();
            DatabaseException failure = failure(server.dsn() + " sslmode=disable");
            assertTrue(Thread.interrupted(), "the flag is restored");
            assertEquals(QueryCanceledException.Reason.INTERRUPT, ((QueryCanceledException) failure).reason());
        }
    }

    private static DatabaseException assertCannotConnect(Reason reason, String dsn) {
        DatabaseException failure = failure(dsn);
        assertEquals(CannotConnectException.class, failure.getClass());
        assertEquals("08001", failure.sqlState());
        assertEquals(reason, ((CannotConnectException) failure).reason());
        return failure;
    }

    private static DatabaseException failure(String dsn) {
        DatabaseException failure =
                assertThrows(DatabaseException.class, () -> Postgres.connect("user=ada password='' " + dsn));
        assertTrue(Modifier.isPublic(failure.getClass().getModifiers()), failure.toString());
        assertEquals("dev.pgwire.error", failure.getClass().getPackageName());
        assertTrue(
                Arrays.stream(failure.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(ConnectFailureTest.class.getName())),
                () -> Arrays.toString(failure.getStackTrace()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            assertFalse(cause instanceof DatabaseException, "says the same again: " + cause);
            assertFalse(cause.getClass().getName().startsWith("io.netty.channel"), cause.toString());
        }
        return failure;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
