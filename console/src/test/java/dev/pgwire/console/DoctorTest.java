package dev.pgwire.console;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --doctor} says where no real server is needed. */
@Timeout(60)
class DoctorTest {
    @Test
    void aDsnThatCannotBeReadIsToldOfAndExitsWith2() {
        Examination.of("password=" + Examination.SECRET + " hots=x")
                .assertStatus(2)
                .assertSteps("FAILED configuration")
                .assertSays("FAILED configuration", "unknown keyword \"hots\"", "did you mean \"host\"?")
                .assertAdvises("the DSN");
    }

    @Test
    void theConfigurationShowsWhereEachValueComesFrom() {
        Examination.of("host=no.such.host.invalid user=ada connect_timeout=9 password=" + Examination.SECRET)
                .assertSays(
                        "ok configuration",
                        "host=no.such.host.invalid (connection string)",
                        "port=5432 (default)",
                        "user=ada (connection string)",
                        "dbname=ada (same as user)",
                        "sslmode=prefer (default)",
                        "connect_timeout=9 (connection string)",
                        "password=*** (connection string)");
    }

    @Test
    void anUnknownHostFailsToResolve() {
        Examination.of("host=no.such.host.invalid user=ada")
                .assertStatus(1)
                .assertSteps("ok configuration", "FAILED resolve")
                .assertSays("FAILED resolve", "host \"no.such.host.invalid\" is unknown", " ms")
                .assertAdvises("host=no.such.host.invalid (connection string)", "hostaddr");
    }

    @Test
    void aClosedPortIsRefused() throws IOException {
        int port = closedPort();
        Examination.of("host=127.0.0.1 user=ada port=" + port)
                .assertStatus(1)
                .assertSteps("ok configuration", "ok resolve", "FAILED connect")
                .assertSays("FAILED connect", "127.0.0.1 port " + port + ": Connection refused ")
                .assertAdvises("port=" + port + " (connection string)", "start the server", "listen_addresses");
    }

    @Test
    void aSocketThatIsNotThereIsLookedForInItsDirectory() {
        Examination.of("host=/no/such/directory user=ada")
                .assertStatus(1)
                .assertSteps("ok configuration", "ok resolve", "FAILED connect")
                .assertSays("FAILED connect", "/no/such/directory/.s.PGSQL.5432")
                .assertAdvises("unix_socket_directories");
    }

    @Test
    void aServerThatSaysNothingRunsIntoTheTimeout() {
        try (ScriptedServer server = ScriptedServer.start(Step.expect(Opening.Startup.class), Step.expectEnd())) {
            Examination.of("host=127.0.0.1 sslmode=disable user=ada connect_timeout=1 port=" + server.port())
                    .assertStatus(1)
                    .assertSteps("ok configuration", "ok resolve", "ok connect", "skipped TLS", "FAILED authentication")
                    .assertAdvises("connect_timeout=1 (connection string)");
        }
    }

    @Test
    void aServerWithoutTheTlsThatIsRequired() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Encryption.SSL_REQUEST), Step.sendRaw((byte) 'N'), Step.expectEnd())) {
            Examination.of("host=127.0.0.1 sslmode=require user=ada port=" + server.port())
                    .assertStatus(1)
                    .assertSteps("ok configuration", "ok resolve", "ok connect", "FAILED TLS")
                    .assertSays("FAILED TLS", "does not offer TLS")
                    .assertAdvises("sslmode=require (connection string)", "ssl=on");
        }
    }

    /** The SQLSTATE, the routine of the server that says it, the setting that is to be changed. */
    @ParameterizedTest
    @CsvSource({
        "28P01, auth_failed,                 user=ada (connection string)",
        "28000, ClientAuthentication,        pg_hba.conf",
        "28000, InitializeSessionUserId,     CREATE ROLE",
        "28000, auth_failed,                 pg_hba.conf asks for",
        "3D000, InitPostgres,                dbname=shop (connection string)",
        "42501, CheckMyDatabase,             GRANT CONNECT",
        "53300, InitPostgres,                max_connections",
        "57P03, ProcessStartupPacket,        try again",
        "22023, parse_and_validate_value,    options",
        "XX000, elog,                        the server's log",
    })
    void whatTheServerRefusesIsToldApartBySqlStateAndRoutine(String sqlState, String routine, String advice) {
        try (ScriptedServer server = refusing(sqlState, routine, "abgelehnt")) {
            Examination.of(dsn(server))
                    .assertStatus(1)
                    .assertSteps("ok configuration", "ok resolve", "ok connect", "skipped TLS", "FAILED authentication")
                    .assertSays("FAILED authentication", "abgelehnt (SQLSTATE " + sqlState + ")")
                    .assertAdvises(advice);
        }
    }

    @Test
    void aPasswordThatIsMissingIsAskedFor() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Startup.class),
                Step.send(Authentication.Request.CLEARTEXT_PASSWORD),
                Step.expectEnd())) {
            Examination.of(dsn(server) + " passfile=/no/such/file")
                    .assertStatus(1)
                    .assertSays("FAILED authentication", "none was given")
                    .assertAdvises("PGPASSWORD", "/no/such/file");
        }
    }

    @Test
    void aMethodThatIsNotAcceptedNamesTheSettingThatForbidsIt() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Startup.class),
                Step.send(Authentication.Request.CLEARTEXT_PASSWORD),
                Step.expectEnd())) {
            Examination.of(dsn(server) + " require_auth=scram-sha-256 password=" + Examination.SECRET)
                    .assertStatus(1)
                    .assertSays("FAILED authentication", "asks for password authentication")
                    .assertAdvises("require_auth=scram-sha-256 (connection string)");
        }
    }

    @Test
    void channelBindingWithoutTlsNamesItsSetting() {
        try (ScriptedServer server = ScriptedServer.start(
                Step.expect(Opening.Startup.class), Step.send(Authentication.Request.OK), Step.expectEnd())) {
            Examination.of(dsn(server) + " channel_binding=require")
                    .assertStatus(1)
                    .assertSays("FAILED authentication", "channel binding")
                    .assertAdvises("channel_binding=require (connection string)");
        }
    }

    @Test
    void anAbstractSocketFailsToResolve() {
        Examination.of("host=@pgwire user=ada")
                .assertStatus(1)
                .assertSteps("ok configuration", "FAILED resolve")
                .assertAdvises("host=@pgwire (connection string)");
    }

    @Test
    void aServerOfAnotherRoleIsAFailureOnlyIfNoneIsTriedAfterIt() {
        Map<String, String> primary = Map.of("in_hot_standby", "off", "default_transaction_read_only", "off");
        try (ScriptedServer first = welcoming(primary);
                ScriptedServer second = welcoming(primary)) {
            Examination.of("host=127.0.0.1,127.0.0.1 sslmode=disable user=ada target_session_attrs=standby port="
                            + first.port() + "," + second.port())
                    .assertStatus(1)
                    .assertSteps(
                            "ok configuration",
                            "ok resolve",
                            "ok connect",
                            "skipped TLS",
                            "ok authentication",
                            "ok protocol",
                            "skipped role",
                            "ok resolve",
                            "ok connect",
                            "skipped TLS",
                            "ok authentication",
                            "ok protocol",
                            "FAILED role")
                    .assertAdvises("target_session_attrs=standby (connection string)");
        }
    }

    @Test
    void whatAServerSaysDoesNotReachTheTerminalAsItIs() {
        try (ScriptedServer server = refusing("28000", "x", "red \u001b[31m and\n\u202eback" + "x".repeat(5_000))) {
            Examination examination = Examination.of(dsn(server)).assertStatus(1);
            String text = examination.toString();
            assertTrue(text.contains("red \\x1B[31m and; \\u202Eback"), text);
            assertTrue(text.length() < 3_000, text);
            assertFalse(text.contains("\u001b"), text);
        }
    }

    private static String dsn(ScriptedServer server) {
        return "host=127.0.0.1 sslmode=disable user=ada dbname=shop port=" + server.port();
    }

    private static ScriptedServer welcoming(Map<String, String> parameters) {
        return ScriptedServer.start(Step.expect(Opening.Startup.class), Step.welcome(parameters));
    }

    private static ScriptedServer refusing(String sqlState, String routine, String message) {
        ErrorResponse error = new ErrorResponse(Diagnostic.builder()
                .field('S', "FATAL")
                .field('V', "FATAL")
                .field('C', sqlState)
                .field('M', message)
                .field('R', routine)
                .build());
        return ScriptedServer.start(Step.expect(Opening.Startup.class), Step.send(error), Step.close());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
