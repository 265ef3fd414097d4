package dev.pgwire.config;

import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.fatal;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.internal.connect.DateStyle;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of day and month is the user's; only a style that is not ISO is changed, and only by a statement of its own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DateStyleTest {
    private static final Query SET_ISO = new Query("SET DateStyle = 'ISO'");
    private static final Query RESTORE = new Query(DateStyle.RESTORE_ISO);

    private static BackendMessage style(String style) {
        return new ParameterStatus("DateStyle", style);
    }

    /** A session whose server reports a style when it begins. */
    private static List<Step> begun(String style) {
        return new ArrayList<>(List.of(Step.expect(Opening.Startup.class), Step.welcome(Map.of("DateStyle", style))));
    }

    private static List<Step> changed(String style) {
        List<Step> steps = begun(style);
        steps.add(Step.expect(SET_ISO));
        steps.add(Step.send(done("SET"), style("ISO, DMY"), READY));
        return steps;
    }

    private static void connectsAndLeaves(List<Step> steps, String kept) {
        steps.add(Step.expect(Command.TERMINATE));
        try (ScriptedServer server = ScriptedServer.start(steps)) {
            try (Connection connection = Postgres.connect(server.dsn())) {
                assertEquals(kept, connection.parameter("DateStyle"));
            }
            server.assertDone();
        }
    }

    @Test
    void theOrderOfTheEnvironmentGoesToTheServerAsItIs() {
        Map<String, String> expected = Map.of(
                "user",
                "ada",
                "database",
                "ada",
                "client_encoding",
                "UTF8",
                "datestyle",
                "SQL, DMY",
                "options",
                "-c x=y");
        List<Step> steps = List.of(
                connection -> assertEquals(
                        new Opening.Startup(ProtocolVersion.V3_0, expected), connection.expect(Opening.Startup.class)),
                Step.welcome(Map.of("DateStyle", "SQL, DMY")),
                Step.expect(SET_ISO),
                Step.send(done("SET"), style("ISO, DMY"), READY));
        try (ScriptedServer server = ScriptedServer.start(steps)) {
            Config config = Config.parse(
                    "host=127.0.0.1 sslmode=disable user=ada options='-c x=y' port=" + server.port(),
                    Around.of("PGDATESTYLE", "SQL, DMY"));
            try (Connection connection = Postgres.connect(config)) {
                assertEquals("ISO, DMY", connection.parameter("DateStyle"));
            }
            server.assertDone();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO, MDY", "ISO, DMY", "ISO,YMD", "ISO", "iso, dmy"})
    void aStyleThatIsIsoCostsNothing(String style) {
        connectsAndLeaves(begun(style), style);
    }

    @ParameterizedTest
    @ValueSource(strings = {"German, DMY", "SQL, DMY", "Postgres, MDY", "DMY", "Redwood, SHOW_TIME", "ISOX", ""})
    void anotherStyleIsChangedOnceAndAlone(String style) {
        connectsAndLeaves(changed(style), "ISO, DMY");
    }

    @Test
    void aServerThatReportsNoneIsLeftAlone() {
        connectsAndLeaves(
                new ArrayList<>(
                        List.of(Step.expect(Opening.Startup.class), Step.welcome(Map.of("client_encoding", "UTF8")))),
                null);
    }

    @Test
    void aServerThatRefusesIsUsedAsItIs() {
        List<Step> steps = begun("German, DMY");
        steps.add(Step.expect(SET_ISO));
        steps.add(Step.send(error("42601", "what is that?"), READY));
        connectsAndLeaves(steps, "German, DMY");
    }

    @Test
    void aServerThatEndsTheSessionInsteadIsNotConnectedTo() {
        List<Step> steps = begun("German, DMY");
        steps.add(Step.expect(SET_ISO));
        steps.add(Step.send(fatal("57P01", "terminating")));
        steps.add(Step.close());
        try (ScriptedServer server = ScriptedServer.start(steps)) {
            assertThrows(DatabaseException.class, () -> Postgres.connect(server.dsn())
                    .close());
            server.assertDone();
        }
    }

    @Test
    void whoKeepsTheStyleHasItLeftAlone() {
        List<Step> steps = begun("German, DMY");
        steps.add(Step.expect(new Query("SELECT 1")));
        steps.add(Step.send(done("SELECT 0"), style("SQL, DMY"), READY));
        steps.add(Step.expect(new Query("SELECT 2")));
        steps.add(Step.send(done("SELECT 0"), READY));
        try (ScriptedServer server = ScriptedServer.start(steps)) {
            Config config = Config.parse(server.dsn(), Around.of()).toBuilder()
                    .keepDateStyle()
                    .build();
            assertTrue(config.keepsDateStyle());
            assertFalse(Config.parse(server.dsn(), Around.of()).keepsDateStyle());
            try (Connection connection = Postgres.connect(config.toBuilder().build())) {
                connection.cursor().executeSimple("SELECT 1");
                connection.cursor().executeSimple("SELECT 2");
            }
            server.assertDone();
        }
    }

    private static Flow reset(BackendMessage ready) {
        return Flow.greeted().query("RESET ALL", done("RESET"), style("German, DMY"), ready);
    }

    private static void run(Flow flow, String... queries) {
        flow.play(connection -> {
            for (String sql : queries) {
                connection.cursor().executeSimple(sql).close();
            }
        });
    }

    private static Flow restored(Flow flow) {
        return flow.expect(RESTORE)
                .send(columns("set_config", 25), row("ISO, DMY"), done("SELECT 1"), style("ISO, DMY"), READY);
    }

    @Test
    void aStyleThatAResetBroughtBackIsChangedBeforeTheNextStatement() {
        run(
                restored(reset(READY))
                        .query("SELECT 1", done("SELECT 0"), READY)
                        .query("SELECT 2", done("SELECT 0"), READY),
                "RESET ALL",
                "SELECT 1",
                "SELECT 2");
    }

    @Test
    void aStyleThatTheUserHasSetStaysAndIsAskedAboutOnce() {
        run(
                Flow.greeted()
                        .query("SET DateStyle = 'German'", done("SET"), style("German, DMY"), READY)
                        .expect(RESTORE)
                        .send(columns("set_config", 25), done("SELECT 0"), READY)
                        .query("SELECT 1", done("SELECT 0"), READY)
                        .query("SELECT 2", done("SELECT 0"), READY),
                "SET DateStyle = 'German'",
                "SELECT 1",
                "SELECT 2");
    }

    @Test
    void insideATransactionTheStyleIsLeftUntilItsEnd() {
        run(
                restored(reset(IN_TRANSACTION)
                                .query("SELECT 1", done("SELECT 0"), IN_TRANSACTION)
                                .query("ROLLBACK", done("ROLLBACK"), READY))
                        .query("SELECT 2", done("SELECT 0"), READY),
                "RESET ALL",
                "SELECT 1",
                "ROLLBACK",
                "SELECT 2");
    }

    @Test
    void aServerThatCannotBeAskedIsNotAskedAgain() {
        run(
                reset(READY)
                        .expect(RESTORE)
                        .send(error("42P01", "no pg_settings"), READY)
                        .query("SELECT 1", done("SELECT 0"), READY)
                        .query("SELECT 2", done("SELECT 0"), READY),
                "RESET ALL",
                "SELECT 1",
                "SELECT 2");
    }

    @Test
    void beforeAPipelineTheStyleIsChangedToo() {
        Flow flow = restored(reset(READY))
                .unprepared("SET x")
                .unprepared("SET y")
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("SET"))
                .send(Flow.unpreparedAnswer("SET"))
                .send(READY);
        flow.play(connection -> {
            connection.cursor().executeSimple("RESET ALL");
            try (Pipeline pipeline = connection.pipeline()) {
                pipeline.execute("SET x");
                pipeline.execute("SET y");
            }
        });
    }
}
