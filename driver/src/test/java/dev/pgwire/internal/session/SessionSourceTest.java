package dev.pgwire.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which server a session that only reads ends up on, and when it leaves it. */
@Timeout(30)
class SessionSourceTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration MAX_LAG = Duration.ofSeconds(2);

    private static List<Step> standby(String... lags) {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.expect(Opening.Startup.class));
        steps.add(Step.welcome(Map.of("in_hot_standby", "on", "default_transaction_read_only", "on")));
        for (String lag : lags) {
            steps.add(Step.expect(Query.class));
            steps.add(Step.send(
                    new RowDescription(
                            List.of(new RowDescription.Field("lag", 0, (short) 0, 25, (short) -1, -1, Format.TEXT))),
                    DataRow.of(List.of(lag.getBytes(StandardCharsets.UTF_8))),
                    new CommandComplete("SELECT 1"),
                    ReadyForQuery.of(TransactionStatus.IDLE)));
        }
        return steps;
    }

    private static List<Step> twice(List<Step> session) {
        List<Step> steps = new ArrayList<>(session);
        steps.add(Step.expectEnd());
        steps.add(Step.nextConnection());
        steps.addAll(session);
        return steps;
    }

    private static List<Step> primary() {
        return List.of(
                Step.expect(Opening.Startup.class),
                Step.welcome(Map.of("in_hot_standby", "off", "default_transaction_read_only", "on")));
    }

    private static Session open(ScriptedServer... servers) {
        List<String> ports = new ArrayList<>();
        for (ScriptedServer server : servers) {
            ports.add(Integer.toString(server.port()));
        }
        Config config = Config.parse("host=127.0.0.1" + ",127.0.0.1".repeat(servers.length - 1) + " port="
                + String.join(",", ports) + " user=ada sslmode=disable target_session_attrs=prefer-standby");
        return SessionSource.reading(config, MAX_LAG, Duration.ofSeconds(5)).open();
    }

    private static int portOf(Session session) {
        return session.info().port();
    }

    @Test
    void theFirstStandbyThatIsNearEnoughIsTaken() {
        try (ScriptedServer first = ScriptedServer.start(primary());
                ScriptedServer second = ScriptedServer.start(standby("2001"));
                ScriptedServer third = ScriptedServer.start(standby("2000"));
                Session session = open(first, second, third)) {
            assertEquals(third.port(), portOf(session));
            assertFalse(session.info().role().isSecondBest());
        }
    }

    @Test
    void thePrimaryIsTakenIfNoStandbyIsNearEnough() {
        try (ScriptedServer first = ScriptedServer.start(twice(standby("9000")));
                ScriptedServer second = ScriptedServer.start(twice(primary()));
                Session session = open(first, second)) {
            assertEquals(second.port(), portOf(session));
            assertTrue(session.info().role().isSecondBest());
            assertEquals(Duration.ofSeconds(30), SessionSource.lifetime(session.info(), Duration.ofMinutes(5)));
            assertEquals(Duration.ofSeconds(30), SessionSource.lifetime(session.info(), Duration.ZERO));
            assertEquals(Duration.ofSeconds(1), SessionSource.lifetime(session.info(), Duration.ofSeconds(1)));
        }
    }

    @Test
    void ifNoneIsNearEnoughTheFailureNamesTheLags() {
        try (ScriptedServer first = ScriptedServer.start(twice(standby("9000")));
                ScriptedServer second = ScriptedServer.start(twice(standby("unknown")))) {
            PgException failure = assertThrows(CannotConnectException.class, () -> open(first, second));
            String text = failure.getMessage();
            assertTrue(text.contains(first.port() + " was left: it is 9.000 s behind its primary"), text);
            assertTrue(text.contains(second.port() + " was left: it does not know how far it is behind"), text);
        }
    }

    @Test
    void aCheckAsksForTheLagInOneQuestion() {
        try (ScriptedServer server = ScriptedServer.start(standby("0", "1999", "2001"));
                Session session = open(server)) {
            session.care().check(LIMIT);
            PgException failure = assertThrows(
                    CannotConnectException.class, () -> session.care().check(LIMIT));
            assertTrue(failure.getMessage().contains("it is 2.001 s behind its primary"), failure.getMessage());
            server.assertDone();
        }
    }

    @Test
    void aCheckFindsOutThatAStandbyWasPromoted() {
        try (ScriptedServer server = ScriptedServer.start(standby("0", "primary"));
                Session session = open(server)) {
            assertThrows(CannotConnectException.class, () -> session.care().check(LIMIT));
        }
    }
}
