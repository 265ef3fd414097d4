package dev.pgwire.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.auth.Md5;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ScriptedServerTest {
    private static final Opening.Startup STARTUP =
            new Opening.Startup(ProtocolVersion.V3_0, Map.of("user", "postgres"));
    private static final ReadyForQuery READY = ReadyForQuery.of(TransactionStatus.IDLE);

    @Test
    void playsASessionFromGreetingToTerminate() throws IOException {
        try (ScriptedServer server = ScriptedServer.script()
                        .greeting()
                        .expect(new Query("SELECT 1"))
                        .send(new CommandComplete("SELECT 0"), READY)
                        .expect(Command.TERMINATE)
                        .start();
                Socket client = client(server)) {
            write(client, STARTUP);
            byte[] greeting = untilReady(client);
            assertEquals('R', greeting[0]);
            write(client, new Query("SELECT 1"));
            assertEquals("SELECT 0", new String(untilReady(client), 5, 8, UTF_8));
            write(client, Command.TERMINATE);
            server.assertDone();
        }
    }

    @Test
    void greetingRefusesEncryptionAndGoesOn() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Step.greeting());
                Socket client = client(server)) {
            write(client, Opening.Encryption.SSL_REQUEST);
            assertEquals('N', client.getInputStream().read());
            write(client, STARTUP);
            untilReady(client);
            server.assertDone();
        }
    }

    @Test
    void failureSaysWhatWasExpectedAndWhatCame() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.start(Step.expect(Opening.Startup.class), Step.expect(new Query("SELECT 1")));
                Socket client = client(server)) {
            write(client, STARTUP);
            write(client, new Query("SELECT 2"));

            AssertionError error = assertThrows(AssertionError.class, server::assertDone);

            assertTrue(error.getMessage().startsWith("step 2 of 2: expected "), error.getMessage());
            assertTrue(error.getMessage().contains(new Query("SELECT 1").toString()), error.getMessage());
            assertTrue(error.getMessage().contains("got " + new Query("SELECT 2")), error.getMessage());
        }
    }

    @Test
    void wrongKindIsNamed() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.start(Step.expect(Opening.Startup.class), Step.expect(Query.class));
                Socket client = client(server)) {
            write(client, STARTUP);
            write(client, Command.SYNC);

            AssertionError error = assertThrows(AssertionError.class, server::assertDone);

            assertEquals("step 2 of 2: expected Query, got Sync [5300000004]", error.getMessage());
        }
    }

    @Test
    void clientThatLeavesTooEarlyIsAFailure() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Step.expect(Opening.Startup.class))) {
            client(server).close();

            AssertionError error = assertThrows(AssertionError.class, server::assertDone);

            assertEquals("step 1 of 1: expected Startup, got the end of the connection", error.getMessage());
        }
    }

    @Test
    void connectionThatTheScriptDoesNotKnowIsAFailure() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Step.close())) {
            try (Socket first = client(server);
                    Socket second = client(server)) {
                assertEquals(-1, first.getInputStream().read());
                assertEquals(-1, second.getInputStream().read());
            }
            AssertionError error = assertThrows(AssertionError.class, server::assertDone);
            assertEquals("connection 2, but the script has 1", error.getMessage());
        }
    }

    @Test
    void splitWritesArriveWholeInTheEnd() throws IOException {
        byte[] garbage = {1, 2, 3, 4, 5};
        try (ScriptedServer server = ScriptedServer.start(Step.split(2), Step.sendRaw(garbage), Step.close());
                Socket client = client(server)) {
            assertArrayEquals(garbage, client.getInputStream().readAllBytes());
            server.assertDone();
        }
    }

    @Test
    void resetIsNoOrderlyEnd() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Step.expect(Opening.Startup.class), Step.closeWithReset());
                Socket client = client(server)) {
            write(client, STARTUP);
            server.assertDone();
            assertThrows(SocketException.class, () -> client.getInputStream().read());
        }
    }

    @Test
    void secondConnectionHasAScriptOfItsOwn() throws IOException {
        Opening.Cancel cancel = new Opening.Cancel(4242, new byte[] {1, 2, 3, 4});
        try (ScriptedServer server = ScriptedServer.start(List.of(
                        Step.greeting(), Step.expectEnd(), Step.nextConnection(), Step.expect(cancel), Step.close()));
                Socket session = client(server)) {
            write(session, STARTUP);
            untilReady(session);
            try (Socket canceller = client(server)) {
                write(canceller, cancel);
                assertEquals(-1, canceller.getInputStream().read());
            }
            session.shutdownOutput();
            server.assertDone();
        }
    }

    @Test
    void passwordMessagesAreWhatWasAskedFor() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        Step.expect(Opening.Startup.class),
                        Step.send(Authentication.Request.CLEARTEXT_PASSWORD),
                        Step.expect(PasswordMessage.class),
                        Step.send(new Authentication.Sasl(List.of("SCRAM-SHA-256"))),
                        Step.expect(SASLInitialResponse.class));
                Socket client = client(server)) {
            write(client, STARTUP);
            write(client, new PasswordMessage(new byte[] {'x'}));
            write(client, new SASLInitialResponse("SCRAM-SHA-256", new byte[] {'n'}));
            server.assertDone();
        }
    }

    @Test
    void versionIsAskedForWithAPasswordToo() {
        byte[] salt = {1, 2, 3, 4};
        byte[] secret = Md5.response("postgres".getBytes(UTF_8), "secret".getBytes(UTF_8), salt);
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Startup.class),
                Step.send(new Authentication.Md5Password(salt)),
                Step.expect(new PasswordMessage(secret)),
                Step.send(Authentication.Request.OK, new ParameterStatus("server_version", "15.18 (Debian)")))) {
            ServerVersion version = ServerVersion.reportedBy(Dsn.parse(server.dsn() + " password=secret"));

            server.assertDone();
            assertEquals(15, version.major());
        }
    }

    private static Socket client(ScriptedServer server) throws IOException {
        return new Socket("127.0.0.1", server.port());
    }

    private static void write(Socket client, FrontendMessage message) throws IOException {
        ByteBuf out = Unpooled.buffer();
        message.encode(out);
        client.getOutputStream().write(ByteBufUtil.getBytes(out));
        out.release();
    }

    /** Everything up to the ReadyForQuery, whose bytes end no other message of these tests. */
    private static byte[] untilReady(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] window = new byte[6];
        byte[] ready = {'Z', 0, 0, 0, 5, 'I'};
        while (!Arrays.equals(window, ready)) {
            int next = in.read();
            assertTrue(next >= 0, "the connection ended before ReadyForQuery");
            bytes.write(next);
            System.arraycopy(window, 1, window, 0, 5);
            window[5] = (byte) next;
        }
        return bytes.toByteArray();
    }
}
