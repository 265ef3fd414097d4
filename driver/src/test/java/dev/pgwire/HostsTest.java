package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several servers is connected to. */
@Timeout(30)
class HostsTest {
    private static final Map<String, String> PRIMARY =
            Map.of("default_transaction_read_only", "off", "in_hot_standby", "off", "role", "primary");
    private static final Map<String, String> READ_ONLY_PRIMARY =
            Map.of("default_transaction_read_only", "on", "in_hot_standby", "off", "role", "read-only primary");
    private static final Map<String, String> STANDBY =
            Map.of("default_transaction_read_only", "off", "in_hot_standby", "on", "role", "standby");
    private static final Map<String, String> SILENT = Map.of("role", "silent");

    @Test
    void theNextHostIsTriedWhenNobodyListens() throws IOException {
        try (ScriptedServer server = server(PRIMARY)) {
            assertEquals("primary", roleOf(closedPort() + "," + server.port(), "any"));
        }
    }

    @Test
    void theNextHostIsTriedWhenAnameIsUnknown() {
        try (ScriptedServer server = server(PRIMARY);
                Connection connection = Postgres.connect(
                        "host=no.such.host.invalid,127.0.0.1 port=" + server.port() + " sslmode=disable user=ada")) {
            assertEquals("primary", connection.parameter("role"));
        }
    }

    @Test
    void theNextHostIsTriedWhenOneIsStartingUp() {
        try (ScriptedServer starting = refusing("57P03");
                ScriptedServer server = server(PRIMARY)) {
            assertEquals("primary", roleOf(starting.port() + "," + server.port(), "any"));
        }
    }

    @Test
    void theNextHostIsTriedWhenOneDoesNotAnswerInTime() {
        try (ScriptedServer silent = ScriptedServer.start(Step.expect(Opening.Startup.class), Step.expectEnd());
                ScriptedServer server = server(PRIMARY)) {
            assertEquals("primary", roleOf(silent.port() + "," + server.port() + " connect_timeout=1", "any"));
        }
    }

    @Test
    void aServerThatRefusesTheUserEndsTheSearch() {
        try (ScriptedServer refusing = refusing("28P01");
                ScriptedServer never = ScriptedServer.start()) {
            PgException failure =
                    assertThrows(PgException.class, () -> roleOf(refusing.port() + "," + never.port(), "any"));
            assertTrue(failure.getMessage().contains("refused by the script"), failure.getMessage());
        }
    }

    @Test
    void theFailureTellsOfEveryHost() throws IOException {
        int first = closedPort();
        int second = closedPort();
        PgException failure = assertThrows(ConnectionFailureException.class, () -> roleOf(first + "," + second, "any"));
        assertTrue(failure.getMessage().contains("port " + first), failure.getMessage());
        assertTrue(failure.getMessage().contains("port " + second), failure.getMessage());
    }

    /** The servers are, in this order, a read-only primary, a standby and a primary. */
    @ParameterizedTest
    @CsvSource({
        "any,            read-only primary",
        "read-write,     primary",
        "read-only,      read-only primary",
        "primary,        read-only primary",
        "standby,        standby",
        "prefer-standby, standby",
    })
    void theFirstServerWithTheWantedRoleIsTaken(String wanted, String chosen) {
        try (ScriptedServer readOnly = server(READ_ONLY_PRIMARY);
                ScriptedServer standby = server(STANDBY);
                ScriptedServer primary = server(PRIMARY)) {
            assertEquals(chosen, roleOf(readOnly.port() + "," + standby.port() + "," + primary.port(), wanted));
        }
    }

    @Test
    void withoutAStandbyAnyServerIsPreferred() {
        try (ScriptedServer first = ScriptedServer.start(twice(PRIMARY));
                ScriptedServer second = server(PRIMARY)) {
            assertEquals("primary", roleOf(first.port() + "," + second.port(), "prefer-standby"));
        }
    }

    @Test
    void aRoleThatNoServerHasIsAFailureThatSaysSo() {
        try (ScriptedServer first = server(PRIMARY)) {
            PgException failure = assertThrows(
                    ConnectionFailureException.class, () -> roleOf(Integer.toString(first.port()), "standby"));
            assertTrue(failure.getMessage().contains("it is not in hot standby mode"), failure.getMessage());
            assertTrue(failure.getMessage().contains("target_session_attrs=standby"), failure.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "read-write,     SHOW transaction_read_only,                  off",
        "read-only,      SHOW transaction_read_only,                  on",
        "primary,        SELECT pg_catalog.pg_is_in_recovery(),       f",
        "standby,        SELECT pg_catalog.pg_is_in_recovery(),       t",
        "prefer-standby, SELECT pg_catalog.pg_is_in_recovery(),       t",
    })
    void aServerThatDoesNotTellItsRoleIsAsked(String wanted, String question, String answer) {
        List<Step> script = session(SILENT);
        script.add(Step.expect(new Query(question)));
        script.add(Step.send(
                new RowDescription(
                        List.of(new RowDescription.Field("x", 0, (short) 0, 25, (short) -1, -1, Format.TEXT))),
                DataRow.of(List.of(answer.getBytes(StandardCharsets.UTF_8))),
                new CommandComplete("SELECT 1"),
                ReadyForQuery.of(TransactionStatus.IDLE)));
        try (ScriptedServer server = ScriptedServer.start(script)) {
            assertEquals("silent", roleOf(Integer.toString(server.port()), wanted));
            server.assertDone();
        }
    }

    @Test
    void aServerThatDoesNotAnswerForItsRoleIsLeft() {
        List<Step> refuses = session(SILENT);
        refuses.add(Step.expect(Query.class));
        refuses.add(Step.send(error("42501", "ERROR"), ReadyForQuery.of(TransactionStatus.IDLE)));
        List<Step> saysNothing = session(SILENT);
        saysNothing.add(Step.expect(Query.class));
        saysNothing.add(Step.send(new CommandComplete("SELECT 0"), ReadyForQuery.of(TransactionStatus.IDLE)));
        for (List<Step> script : List.of(refuses, saysNothing)) {
            script.add(Step.expect(Command.TERMINATE));
            try (ScriptedServer left = ScriptedServer.start(script);
                    ScriptedServer server = server(PRIMARY)) {
                assertEquals("primary", roleOf(left.port() + "," + server.port(), "read-write"));
                left.assertDone();
            }
        }
    }

    @Test
    void aServerThatIsStartingUpIsNotAskedInAnotherWayButLeft() {
        try (ScriptedServer starting = refusing("57P03");
                ScriptedServer server = server(PRIMARY)) {
            assertEquals("primary", roleOf(starting.port() + "," + server.port() + " sslmode=allow", "any"));
            starting.assertDone();
        }
    }

    @Test
    void theFailureThatEndsTheSearchTellsOfThoseBefore() throws IOException {
        int closed = closedPort();
        try (ScriptedServer refusing = refusing("28P01")) {
            PgException failure = assertThrows(PgException.class, () -> roleOf(closed + "," + refusing.port(), "any"));
            assertEquals(1, failure.getSuppressed().length);
            assertTrue(failure.getSuppressed()[0].getMessage().contains("port " + closed));
        }
    }

    @Test
    void whatServersSayIsToldWithTheirNames() {
        try (ScriptedServer first = refusing("57P03");
                ScriptedServer second = refusing("57P03")) {
            PgException failure =
                    assertThrows(PgException.class, () -> roleOf(first.port() + "," + second.port(), "any"));
            assertTrue(failure.getMessage().contains("port " + first.port() + ": "), failure.getMessage());
            assertTrue(failure.getMessage().contains("port " + second.port() + ": "), failure.getMessage());
        }
    }

    @Test
    void whatOneHostToldIsForgottenAtTheNext() {
        try (ScriptedServer standby = server(
                        Map.of("in_hot_standby", "on", "default_transaction_read_only", "on", "only_there", "1"));
                ScriptedServer primary = server(PRIMARY);
                Connection connection = Postgres.connect(
                        dsn(standby.port() + "," + primary.port()) + " target_session_attrs=primary")) {
            assertNull(connection.parameter("only_there"));
        }
    }

    @Test
    void eachHostIsSentItsOwnPassword() {
        List<Step> first = new ArrayList<>(List.of(
                Step.expect(Opening.Startup.class),
                Step.send(Authentication.Request.CLEARTEXT_PASSWORD),
                Step.expect(new PasswordMessage("first".getBytes(StandardCharsets.UTF_8))),
                Step.send(error("57P03")),
                Step.close()));
        List<Step> second = new ArrayList<>(List.of(
                Step.expect(Opening.Startup.class),
                Step.send(Authentication.Request.CLEARTEXT_PASSWORD),
                Step.expect(new PasswordMessage("second".getBytes(StandardCharsets.UTF_8))),
                Step.welcome(PRIMARY)));
        try (ScriptedServer one = ScriptedServer.start(first);
                ScriptedServer two = ScriptedServer.start(second)) {
            Config config = Config.parse(dsn(one.port() + "," + two.port())).toBuilder()
                    .credentials((host, user, database) -> host.port() == one.port() ? "first" : "second")
                    .build();
            Postgres.connect(config).close();
            one.assertDone();
            two.assertDone();
        }
    }

    private static String roleOf(String ports, String wanted) {
        try (Connection connection = Postgres.connect(dsn(ports) + " target_session_attrs=" + wanted)) {
            return String.valueOf(connection.parameter("role"));
        }
    }

    private static String dsn(String ports) {
        int count = ports.split(" ", 2)[0].split(",").length;
        return "host=" + String.join(",", java.util.Collections.nCopies(count, "127.0.0.1")) + " port=" + ports
                + " user=ada sslmode=disable";
    }

    private static ScriptedServer server(Map<String, String> parameters) {
        return ScriptedServer.start(session(parameters));
    }

    private static List<Step> session(Map<String, String> parameters) {
        return new ArrayList<>(List.of(Step.expect(Opening.Startup.class), Step.welcome(parameters)));
    }

    private static List<Step> twice(Map<String, String> parameters) {
        List<Step> steps = session(parameters);
        steps.add(Step.expectEnd());
        steps.add(Step.nextConnection());
        steps.addAll(session(parameters));
        return steps;
    }

    private static ScriptedServer refusing(String sqlState) {
        return ScriptedServer.start(Step.expect(Opening.Startup.class), Step.send(error(sqlState)), Step.close());
    }

    private static ErrorResponse error(String sqlState) {
        return error(sqlState, "FATAL");
    }

    private static ErrorResponse error(String sqlState, String severity) {
        return new ErrorResponse(Diagnostic.builder()
                .field('S', severity)
                .field('V', severity)
                .field('C', sqlState)
                .field('M', "refused by the script")
                .build());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
