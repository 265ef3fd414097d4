package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.PgException;
import dev.pgwire.laboratory.proxy.Proxy;
import dev.pgwire.laboratory.proxy.ProxyBuilder;
import dev.pgwire.laboratory.replay.ClientReplay;
import dev.pgwire.laboratory.replay.Recorder;
import dev.pgwire.laboratory.replay.Recording;
import dev.pgwire.laboratory.replay.Replay;
import dev.pgwire.laboratory.replay.ServerReplay;
import dev.pgwire.testing.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a replay comes in, where its recording has no password: the roles are named after the method by which the server knows them. */
@Timeout(120)
class ReplayLoginIT {
    private static final String PASSWORD = "S3cr3t-of-this-test";
    /** A role that is let in by TLS only, by SCRAM. */
    private static final String BY_TLS = "by_tls";

    @TempDir
    private static Path certificates;

    private static TlsServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() {
        server = TlsServer.start(
                certificates,
                "host all scram-sha-256 127.0.0.1/32 scram-sha-256",
                "host all md5 127.0.0.1/32 md5",
                "host all password 127.0.0.1/32 password",
                "hostssl all " + BY_TLS + " 127.0.0.1/32 scram-sha-256");
        for (String role : List.of("scram-sha-256", "md5", "password", BY_TLS)) {
            server.execute(
                    "SET password_encryption = '" + (role.equals("md5") ? "md5" : "scram-sha-256") + "'",
                    "CREATE ROLE \"" + role + "\" LOGIN PASSWORD '" + PASSWORD + "'");
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scram-sha-256", "md5", "password"})
    void aPasswordIsGivenToTheReplayAndIsNotInTheRecording(String role) throws Exception {
        Recording recording = record(role, false);
        assertFalse(recording.toString().contains(PASSWORD), recording.toString());

        assertEquals(List.of(), asClient(recording).password(PASSWORD).run());

        String refused = refusal(asClient(recording).password("another"));
        assertTrue(refused.contains("password authentication failed for user \\\"" + role + "\\\""), refused);
        refused = refusal(asClient(recording));
        assertTrue(refused.contains("expected trust, or a password for the replay"), refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scram-sha-256", "md5", "password"})
    void aClientWithAPasswordIsAskedForNone(String role) throws Exception {
        for (boolean secrets : new boolean[] {false, true}) {
            Recording recording = record(role, secrets);
            assertEquals(
                    secrets && role.equals("password"), recording.toString().contains(PASSWORD));
            try (ServerReplay replay = Replay.asServer(recording)) {
                run(replay.port(), role, "sslmode=disable");
                assertTrue(replay.awaitEnd(Duration.ofSeconds(60)));
                assertEquals(List.of(), replay.differences());
                assertEquals(List.of(), replay.failures());
            }
        }
    }

    @Test
    void whatWasRecordedBehindTlsIsReplayedByTls() throws Exception {
        Recording recording = recordByTls();

        assertEquals(
                List.of(), asClient(recording).password(PASSWORD).tls(trust()).run());

        String refused = refusal(asClient(recording).password(PASSWORD));
        assertTrue(refused.contains("no encryption"), refused);
    }

    @Test
    void aServerWhoseCertificateIsNotTrustedIsToldNothing() throws Exception {
        Recording recording = recordByTls();

        assertThrows(SSLException.class, () -> asClient(recording)
                .password(PASSWORD)
                .tls(SSLContext.getDefault())
                .run());
    }

    /** As libpq does: SCRAM is bound to the channel, so that a man in the middle cannot pass it on. */
    @Test
    void aReplayByTlsBindsItsPasswordToTheChannel() throws Exception {
        Recording recording = recordByTls();
        try (Proxy middle = inTheMiddle().start()) {
            String refused = refusal(Replay.asClient(recording, "127.0.0.1", middle.port())
                    .password(PASSWORD)
                    .tls(trust()));
            assertTrue(refused.contains("channel binding"), refused);
        }
    }

    @Test
    void aServerWithoutTlsIsToldNothing() throws Exception {
        Recording recording = recordByTls();
        try (ServerReplay replay = Replay.asServer(recording)) {
            String refused = refusal(Replay.asClient(recording, "127.0.0.1", replay.port())
                    .password(PASSWORD)
                    .tls(trust()));
            assertTrue(refused.contains("does not speak TLS"), refused);
        }
    }

    @Test
    void aClientThatWantsTlsComesThroughAProxy() throws Exception {
        Recording recording = recordByTls();
        try (ServerReplay replay = Replay.asServer(recording);
                Proxy proxy = Proxy.before("127.0.0.1", replay.port())
                        .tlsToClient(identity())
                        .start()) {
            run(proxy.port(), BY_TLS, "sslmode=require channel_binding=disable");
            assertTrue(replay.awaitEnd(Duration.ofSeconds(60)));
            assertEquals(List.of(), replay.differences());
        }
    }

    @Test
    void aRecordingOfWhatOthersHaveEncryptedIsRefused() throws Exception {
        Recording recording = record(Proxy.before("127.0.0.1", server.port()), BY_TLS, "sslmode=require", false);

        for (Replaying replay : List.<Replaying>of(Replay::asServer, encrypted -> asClient(encrypted))) {
            String refused = assertThrows(IllegalArgumentException.class, () -> replay.of(recording))
                    .getMessage();
            assertTrue(refused.contains("was encrypted, expected"), refused);
        }
    }

    /** Either replay. */
    private interface Replaying {
        Object of(Recording recording) throws IOException;
    }

    private static String refusal(ClientReplay replay) {
        IOException refused = assertThrows(IOException.class, replay::run);
        return refused.getMessage() + (refused.getCause() == null ? "" : ": " + refused.getCause());
    }

    private static ClientReplay asClient(Recording recording) {
        return Replay.asClient(recording, "127.0.0.1", server.port());
    }

    private Recording record(String role, boolean secrets) throws IOException {
        return record(Proxy.before("127.0.0.1", server.port()), role, "sslmode=disable", secrets);
    }

    private Recording recordByTls() throws IOException {
        // SCRAM that is bound to the channel would not come through the proxy.
        return record(inTheMiddle(), BY_TLS, "sslmode=require channel_binding=disable", false);
    }

    private Recording record(ProxyBuilder before, String role, String keywords, boolean secrets) throws IOException {
        Path file = directory.resolve("session.txt");
        Recorder recorder = Recorder.to(file);
        if (secrets) {
            recorder.withSecrets();
        }
        try (recorder;
                Proxy proxy = before.start(recorder)) {
            run(proxy.port(), role, keywords);
            Until.holds(() -> proxy.lines().stream().allMatch(line -> line.isClosed()));
            assertEquals(List.of(), proxy.failures());
        }
        return Recording.read(file);
    }

    private static ProxyBuilder inTheMiddle() {
        return Proxy.before("127.0.0.1", server.port()).tlsToClient(identity()).tlsToServer(trust());
    }

    private static SSLContext identity() {
        return TestCertificates.context(server.certificates().issue(TestCertificates.forLocalhost()));
    }

    private static SSLContext trust() {
        return server.certificates().trust();
    }

    private static void run(int port, String role, String keywords) throws PgException {
        String dsn = "host=127.0.0.1 dbname=postgres gssencmode=disable user=" + role + " password=" + PASSWORD;
        try (Connection connection = Postgres.connect(dsn + " port=" + port + " " + keywords)) {
            assertEquals(
                    role + " is here",
                    connection
                            .execute("SELECT current_user || $1", " is here")
                            .fetchOne()
                            .getString(0));
        }
    }
}
