package dev.pgwire;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.notice;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.OperationalException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.Moment;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens beside the answers: notices, parameters, interrupts, other threads. */
@Timeout(30)
class EventsTest {
    private static final String SELECT = "SELECT $1";

    /** What is logged there is meant, and only in the way here. */
    private static final Logger LOG = Logger.getLogger("dev.pgwire");

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    private static Flow noticed(int notices) {
        Flow flow = Flow.greeted().asked("SET x").send(Signal.PARSE_COMPLETE);
        for (int i = 0; i < notices; i++) {
            flow.send(notice("n" + i));
        }
        return flow.send(Signal.BIND_COMPLETE, Signal.NO_DATA, done("SET"), READY)
                .utility("SET y", READY);
    }

    @Test
    void noticesReachTheListenerAndTheLastFiftyAreKept() {
        noticed(60).play(connection -> {
            List<String> heard = new ArrayList<>();
            connection.onNotice(notice -> heard.add(notice.message()));
            connection.execute("SET x");
            assertEquals(60, heard.size());
            List<String> kept =
                    connection.notices().stream().map(Diagnostic::message).toList();
            assertEquals(heard.subList(10, 60), kept);
            connection.onNotice(null);
            connection.execute("SET y");
        });
    }

    @Test
    void noticesAreKeptUpToAMebibyte() {
        Flow flow = Flow.greeted().asked("SET x").send(Signal.PARSE_COMPLETE);
        int each = 300_000;
        for (int i = 0; i < 10; i++) {
            flow.send(notice(i + "x".repeat(each)));
        }
        flow.send(notice("small"), notice("y".repeat(3_000_000)));
        flow.send(Signal.BIND_COMPLETE, Signal.NO_DATA, done("SET"), READY);
        flow.play(connection -> {
            List<Integer> heard = new ArrayList<>();
            connection.onNotice(notice -> heard.add(notice.message().length()));
            connection.execute("SET x");
            assertEquals(12, heard.size());
            assertEquals(3_000_000, heard.get(11));
            assertEquals(
                    List.of("7", "8", "9", "s"),
                    connection.notices().stream()
                            .map(notice -> notice.message().substring(0, 1))
                            .toList());
        });
    }

    @Test
    void aServerThatReportsParametersWithoutEndIsLeft() {
        List<Step> tooMany = List.of(connection -> {
            ParameterStatus[] parameters = new ParameterStatus[2_000];
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = new ParameterStatus("p" + i, "");
            }
            connection.send(parameters);
        });
        List<Step> tooLong = List.of(
                Step.send(new ParameterStatus("a", "x".repeat(600_000))),
                Step.send(new ParameterStatus("b", "x".repeat(600_000))));
        for (List<Step> reports : List.of(tooMany, tooLong)) {
            Flow flow = Flow.greeted().asked("SET x");
            reports.forEach(flow::then);
            flow.then(Step.expectEnd()).play(connection -> {
                ProtocolViolationException refused =
                        assertThrows(ProtocolViolationException.class, () -> connection.execute("SET x"));
                assertTrue(refused.getMessage().contains("run-time parameters"), refused.getMessage());
            });
        }
    }

    @Test
    void aParameterThatChangesTakesNoMoreRoomEachTime() {
        Flow flow = Flow.greeted().asked("SET x");
        for (int i = 0; i < 20; i++) {
            flow.send(new ParameterStatus("search_path", i + "x".repeat(400_000)));
        }
        flow.send(Flow.unpreparedAnswer("SET")).send(READY);
        flow.play(connection -> {
            connection.execute("SET x");
            assertTrue(connection.parameter("search_path").startsWith("19x"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF8", "utf8", "UTF-8", "utf_8", "UNICODE", "unicode", "'Uni-Code'"})
    void everyNameOfUtf8IsUtf8(String name) {
        Flow flow = Flow.greeted()
                .asked("SET x")
                .send(Flow.unpreparedAnswer("SET"))
                .send(new ParameterStatus("client_encoding", name), READY);
        flow.play(connection -> {
            connection.execute("SET x");
            assertEquals(name, connection.parameter("client_encoding"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF16", "UTF", "8", "", "SQL_ASCII", "UTF88", "UNICODE8", "CP1252"})
    void whatIsNoNameOfUtf8IsRefused(String name) {
        Flow flow = Flow.greeted()
                .asked("SET x")
                .send(new ParameterStatus("client_encoding", name))
                .then(Step.expectEnd());
        flow.play(connection -> {
            assertThrows(OperationalException.class, () -> connection.execute("SET x"));
        });
    }

    @Test
    void aThrowingListenerHarmsNothing() {
        noticed(2).play(connection -> {
            connection.onNotice(notice -> {
                throw new IllegalArgumentException("on purpose");
            });
            assertEquals("SET", connection.execute("SET x").statusMessage());
            connection.execute("SET y");
            assertEquals(2, connection.notices().size());
        });
    }

    @Test
    void aListenerThatCallsItsConnectionIsRefusedAndHarmsNothing() {
        try (ScriptedServer server =
                noticed(1).then(Step.expect(Command.TERMINATE)).start()) {
            Connection connection = Postgres.connect(server.dsn());
            Cursor cursor = connection.cursor();
            List<Runnable> calls = List.of(
                    () -> connection.execute("SET z"),
                    () -> cursor.execute("SELECT :a", Map.of("a", 1)),
                    () -> cursor.executeMany("SET z", List.of()),
                    connection::commit,
                    connection::rollback,
                    connection::begin,
                    connection::inTransaction,
                    () -> connection.autocommit(false),
                    connection::close);
            List<Throwable> refused = new ArrayList<>();
            connection.onNotice(notice -> {
                for (Runnable call : calls) {
                    refused.add(assertThrows(Throwable.class, call::run));
                }
            });
            assertEquals("SET", connection.execute("SET x").statusMessage());
            assertEquals(calls.size(), refused.size());
            refused.forEach(thrown -> assertInstanceOf(IllegalStateException.class, thrown));
            assertFalse(connection.isClosed());
            assertTrue(connection.autocommit());
            connection.execute("SET y");
            connection.close();
            server.assertDone();
        }
    }

    @Test
    void reportedParametersAreFollowedAndNotificationsHarmNothing() {
        Flow flow = Flow.greeted()
                .asked("SET x")
                .send(Flow.unpreparedAnswer("SET"))
                .send(new ParameterStatus("TimeZone", "Europe/Warsaw"), new NotificationResponse(1, "c", "p"), READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            connection.execute("SET x");
            assertEquals("Europe/Warsaw", connection.parameter("TimeZone"));
        }
    }

    @Test
    void anotherClientEncodingClosesTheConnectionWithAClearError() {
        Flow flow = Flow.greeted()
                .asked("SET x")
                .send(Flow.unpreparedAnswer("SET"))
                .send(new ParameterStatus("client_encoding", "LATIN1"), READY)
                .then(Step.expectEnd());
        flow.play(connection -> {
            OperationalException refused = assertThrows(OperationalException.class, () -> connection.execute("SET x"));
            assertTrue(
                    refused.getMessage().contains("client_encoding became LATIN1, expected UTF8"),
                    refused.getMessage());
            assertTrue(connection.isClosed());
            OperationalException gone = assertThrows(OperationalException.class, () -> connection.execute("SET y"));
            assertTrue(gone.getMessage().contains("LATIN1"), gone.getMessage());
        });
    }

    @Test
    void aStringThatEscapesWithBackslashesIsReadAsTheSessionDoes() {
        Flow flow = Flow.greeted()
                .asked("SET x")
                .send(Flow.unpreparedAnswer("SET"))
                .send(new ParameterStatus("standard_conforming_strings", "off"), READY)
                .describe("SELECT '\\' :a', $1", columns("id", INT4), INT4)
                .once("SELECT '\\' :a', $1", true, new int[] {INT4}, 7)
                .sendNone(columns("id", INT4));
        flow.play(connection -> {
            connection.execute("SET x");
            connection.execute("SELECT '\\' :a', :b", Map.of("b", 7));
        });
    }

    @Test
    void anInterruptAsksTheServerToCancelAndTheConnectionStaysUsable() {
        Thread waiting = Thread.currentThread();
        Moment cancelled = new Moment();
        Flow flow = Flow.greeted()
                .kept(1, SELECT, columns("id", INT4), INT4)
                .run(1, true, 0)
                .send(Signal.BIND_COMPLETE, row(0), done("SELECT 1"), READY)
                .run(1, true, 1)
                .then(connection -> waiting.interrupt())
                .awaits(cancelled)
                .send(error("57014", "canceling statement due to user request"), READY)
                .run(1, true, 2)
                .send(Signal.BIND_COMPLETE, row(2), done("SELECT 1"), READY)
                .then(Step.nextConnection())
                .then(Step.expect(new Opening.Cancel(4242, new byte[] {1, 2, 3, 4})))
                .tells(cancelled)
                .then(Step.close());
        flow.play(connection -> {
            Flow.keep(connection, SELECT);
            connection.execute(SELECT, 0);
            assertThrows(QueryCanceledException.class, () -> connection.execute(SELECT, 1));
            assertTrue(Thread.interrupted());
            assertEquals(2, connection.execute(SELECT, 2).fetchOne().getInt(0));
        });
    }

    @Test
    void threadsThatShareAConnectionEachGetTheirOwnAnswer() throws Exception {
        int threads = 4;
        int calls = 50;
        Flow flow = Flow.greeted().kept(1, SELECT, columns("id", INT4), INT4);
        for (int i = 0; i < threads * calls + 1; i++) {
            flow.then(connection -> {
                Bind bind = connection.expect(Bind.class);
                connection.expect(new Execute("", 0));
                connection.expect(Command.SYNC);
                connection.send(Signal.BIND_COMPLETE, row((Object) bind.values().get(0)), done("SELECT 1"), READY);
            });
        }
        flow.play(connection -> {
            Flow.keep(connection, SELECT);
            assertEquals(-1, connection.execute(SELECT, -1).fetchOne().getInt(0));
            List<CompletableFuture<Void>> workers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int base = thread * calls;
                workers.add(CompletableFuture.runAsync(() -> {
                    for (int i = base; i < base + calls; i++) {
                        assertEquals(i, connection.execute(SELECT, i).fetchOne().getInt(0));
                    }
                }));
            }
            for (CompletableFuture<Void> worker : workers) {
                worker.get(20, TimeUnit.SECONDS);
            }
        });
    }

    @Test
    void closingFromAnotherThreadFailsWhoWaits() throws Exception {
        Moment asked = new Moment();
        Flow flow = Flow.greeted()
                .expectDescribe(SELECT)
                .tells(asked)
                .then(Step.expect(Command.TERMINATE))
                .then(Step.expectEnd());
        try (ScriptedServer server = flow.start()) {
            Connection connection = Postgres.connect(server.dsn());
            CompletableFuture<Cursor> waiting = CompletableFuture.supplyAsync(() -> connection.execute(SELECT, 1));
            asked.await();
            connection.close();
            ExecutionException failed = assertThrows(ExecutionException.class, () -> waiting.get(20, TimeUnit.SECONDS));
            assertInstanceOf(OperationalException.class, failed.getCause());
            server.assertDone();
        }
    }
}
