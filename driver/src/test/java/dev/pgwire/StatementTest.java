package dev.pgwire;

import static dev.pgwire.fixture.Messages.FAILED;
import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.INT8;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.PgException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which messages a statement costs: the server's script accepts these and no others, to the byte. */
@Timeout(30)
class StatementTest {
    private static final RowDescription ID = columns("id", INT4);
    private static final String SELECT = "SELECT id FROM t WHERE id = $1";
    private static final int[] TYPES = {INT4};
    private static final ErrorResponse STALE =
            error("0A000", "cached plan must not change result type", 'R', "RevalidateCachedQuery");

    /** A Bind of a statement that the server says it does not have. */
    private static Flow lost(Flow flow, ReadyForQuery ready) {
        return lost(flow, List.of(), ready);
    }

    private static Flow lost(Flow flow, List<BackendMessage> before, ReadyForQuery ready) {
        return flow.then(connection -> {
            String name = connection.expect(Bind.class).statement();
            connection.expect(new Execute("", 0));
            connection.expect(Command.SYNC);
            connection.send(before.toArray(BackendMessage[]::new));
            connection.send(error("26000", "prepared statement \"" + name + "\" does not exist"), ready);
        });
    }

    private static Flow answer(Flow flow, int... ids) {
        return answer(flow, READY, ids);
    }

    /** What is answered when the statement was parsed with it. */
    private static Flow parsedAndAnswered(Flow flow, RowDescription columns, int... ids) {
        flow.send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Flow.inBinary(columns));
        for (int id : ids) {
            flow.send(row(id));
        }
        return flow.send(done("SELECT " + ids.length), READY);
    }

    private static Flow answer(Flow flow, ReadyForQuery ready, int... ids) {
        flow.send(Signal.BIND_COMPLETE);
        for (int id : ids) {
            flow.send(row(id));
        }
        return flow.send(done("SELECT " + ids.length), ready);
    }

    @Test
    void theFirstTimeAStatementIsDescribedTheSecondTimeKeptAndFromThenOnOnlyBound() {
        Flow flow = Flow.greeted().describe(SELECT, ID, INT4);
        parsedAndAnswered(flow.once(SELECT, true, TYPES, 7), ID, 7);
        parsedAndAnswered(flow.keeping(1, SELECT, true, TYPES, 8), ID, 8, 8);
        answer(flow.run(1, true, 9), 9);
        answer(flow.run(1, true, (Object) null));
        flow.playToGoodbye(connection -> {
            assertEquals(7, connection.execute(SELECT, 7).fetchOne().getInt(0));
            assertEquals(2, connection.execute(SELECT, 8).fetchAll().size());
            assertEquals(9, connection.execute(SELECT, 9).fetchOne().getInt(0));
            assertNull(connection.execute(SELECT, (Object) null).fetchOne());
        });
    }

    @Test
    void aNullArrayOfValuesIsOneNull() {
        Flow flow = Flow.greeted().describe(SELECT, ID, INT4);
        parsedAndAnswered(flow.once(SELECT, true, TYPES, (Object) null), ID);
        flow.playToGoodbye(connection ->
                assertNull(connection.execute(SELECT, (Object[]) null).fetchOne()));
    }

    /** That this compiles without a cast or a warning is half of the test. */
    @Test
    void theLiteralNullIsOneNull() {
        Flow flow = Flow.greeted().describe(SELECT, ID, INT4);
        parsedAndAnswered(flow.once(SELECT, true, TYPES, (Object) null), ID);
        parsedAndAnswered(flow.keeping(1, SELECT, true, TYPES, (Object) null), ID);
        flow.playToGoodbye(connection -> {
            assertNull(connection.execute(SELECT, null).fetchOne());
            assertNull(connection.cursor().execute(SELECT, null).fetchOne());
        });
    }

    /** A Map that was to be the value of $1 and one without a use are no mistakes of the names. */
    @Test
    void aMapIsOneValueWhereTheStatementCounts() {
        Flow flow = Flow.greeted().describe(SELECT, ID, INT4).utility("SET x", READY);
        flow.playToGoodbye(connection -> {
            String message = assertThrows(DataException.class, () -> connection.execute(SELECT, Map.of("id", 7)))
                    .getMessage();
            assertTrue(message.contains("parameter $1 (int4) cannot take"), message);
            connection.execute("SET x", Map.of("id", 7));
        });
    }

    @Test
    void namedParametersAreTheNumberedStatement() {
        record Key(int id) {}
        Flow flow = Flow.greeted().describe(SELECT, ID, INT4);
        parsedAndAnswered(flow.once(SELECT, true, TYPES, 7), ID, 7);
        parsedAndAnswered(flow.keeping(1, SELECT, true, TYPES, 8), ID, 8);
        flow.playToGoodbye(connection -> {
            Cursor cursor = connection.execute("SELECT id FROM t WHERE id = :id", Map.of("id", 7));
            assertEquals(7, cursor.fetchOne().getInt("id"));
            assertEquals(
                    new Key(8),
                    cursor.execute("SELECT id FROM t WHERE id = :id", new Key(8))
                            .fetchOne(Key.class));
        });
    }

    @Test
    void unpreparedUtilityStatementsAreOneRoundTrip() {
        Flow.greeted().utility("SET x = 1", READY).utility("SET x = 1", READY).playToGoodbye(connection -> {
            assertEquals("SET", connection.execute("SET x = 1").statusMessage());
            assertEquals(-1, connection.execute("SET x = 1").rowCount());
        });
    }

    @Test
    void anUnpreparedStatementMayGiveRows() {
        Flow flow = Flow.greeted()
                .unprepared("SHOW x")
                .expect(Command.SYNC)
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, columns("x", TEXT), row("y"), done("SHOW"), READY);
        flow.playToGoodbye(connection ->
                assertEquals("('y',)", connection.execute("SHOW x").fetchOne().toString()));
    }

    @Test
    void anEmptyStatementHasNoTag() {
        Flow flow = Flow.greeted()
                .unprepared(" -- nothing")
                .expect(Command.SYNC)
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Signal.NO_DATA, Signal.EMPTY_QUERY_RESPONSE, READY);
        flow.playToGoodbye(connection -> {
            Cursor cursor = connection.execute(" -- nothing");
            assertNull(cursor.statusMessage());
            assertEquals(-1, cursor.rowCount());
            assertThrows(InterfaceException.class, cursor::fetchAll);
        });
    }

    @Test
    void severalStatementsAreOneSimpleQuery() {
        String sql = "SELECT 1; SET x = 1; SELECT 2";
        Flow flow = Flow.greeted()
                .query(sql, ID, row("1"), done("SELECT 1"), done("SET"), ID, row("2"), done("SELECT 1"), READY);
        flow.playToGoodbye(connection -> {
            Cursor cursor = connection.execute(sql);
            assertEquals(1, cursor.fetchOne().getInt(0));
            assertTrue(cursor.nextSet());
            assertEquals("SET", cursor.statusMessage());
            assertNull(cursor.description());
            assertTrue(cursor.nextSet());
            assertEquals(2, cursor.fetchOne().getInt(0));
            assertFalse(cursor.nextSet());
            assertFalse(cursor.nextSet());
        });
    }

    private static String insert(int number) {
        return "INSERT INTO t VALUES ($1, " + number + ")";
    }

    @Test
    void statementsThatMakeRoomAreClosedWithTheNextFlight() {
        Flow flow = Flow.greeted();
        for (int i = 1; i <= 256; i++) {
            flow.kept(i, insert(i), Signal.NO_DATA, INT4);
        }
        // The second was used last but one time, so the first goes when another is described, and then the third.
        flow.run(2, false, (Object) null).send(Signal.BIND_COMPLETE, done("INSERT 0 1"), READY);
        flow.describe(insert(257), Signal.NO_DATA, INT4)
                .close(1)
                .once(insert(257), false, TYPES, 0)
                .send(Signal.CLOSE_COMPLETE)
                .sendNone(Signal.NO_DATA);
        flow.describe(insert(258), Signal.NO_DATA, INT4)
                .close(3)
                .once(insert(258), false, TYPES, 0)
                .send(Signal.CLOSE_COMPLETE)
                .sendNone(Signal.NO_DATA);
        flow.playToGoodbye(connection -> {
            for (int i = 1; i <= 256; i++) {
                Flow.keep(connection, insert(i));
            }
            connection.execute(insert(2), (Object) null);
            connection.execute(insert(257), 0);
            connection.execute(insert(258), 0);
        });
    }

    @Test
    void withoutParametersAStatementIsParsedEachTimeSinceItsLiteralsMayMeanSomethingElse() {
        String sql = "SELECT id FROM t WHERE day = 'today'";
        Flow flow = Flow.greeted().describe(sql, ID);
        for (int i = 0; i < 3; i++) {
            parsedAndAnswered(flow.once(sql, true, new int[0]), ID, i);
        }
        flow.playToGoodbye(connection -> {
            for (int i = 0; i < 3; i++) {
                assertEquals(i, connection.execute(sql).fetchOne().getInt(0));
            }
        });
    }

    @Test
    void aLiteralThatReadsTheClockIsParsedEachTime() {
        String sql = "SELECT id FROM t WHERE id = $1 AND day < ' Tomorrow '";
        Flow flow = Flow.greeted().describe(sql, ID, INT4);
        for (int i = 0; i < 3; i++) {
            parsedAndAnswered(flow.once(sql, true, TYPES, i), ID, i);
        }
        flow.playToGoodbye(connection -> {
            for (int i = 0; i < 3; i++) {
                assertEquals(i, connection.execute(sql, i).fetchOne().getInt(0));
            }
        });
    }

    @Test
    void whatIsParsedOnceMoreIsReadAsItsPortalIsDescribedAndDescribedAnewTheNextTime() {
        RowDescription now = columns("id", TEXT);
        Flow flow = Flow.greeted().describe("TABLE t", ID);
        parsedAndAnswered(flow.once("TABLE t", true, new int[0]), ID, 1);
        flow.once("TABLE t", true, new int[0])
                .send(
                        Signal.PARSE_COMPLETE,
                        Signal.BIND_COMPLETE,
                        Flow.inBinary(now),
                        row("a"),
                        done("SELECT 1"),
                        READY);
        flow.describe("TABLE t", now)
                .once("TABLE t", true, new int[0])
                .send(
                        Signal.PARSE_COMPLETE,
                        Signal.BIND_COMPLETE,
                        Flow.inBinary(now),
                        row("b"),
                        done("SELECT 1"),
                        READY);
        flow.playToGoodbye(connection -> {
            assertEquals("(1,)", connection.execute("TABLE t").fetchOne().toString());
            assertEquals("('a',)", connection.execute("TABLE t").fetchOne().toString());
            assertEquals("('b',)", connection.execute("TABLE t").fetchOne().toString());
        });
    }

    @Test
    void aNameThatIsTakenIsReplacedByAnother() {
        Flow flow = Flow.greeted().describe(SELECT, ID, INT4);
        parsedAndAnswered(flow.once(SELECT, true, TYPES, 1), ID, 1);
        flow.then(connection -> {
            String name = connection.expect(Parse.class).name();
            connection.expect(Bind.class);
            connection.expect(new Describe(Target.PORTAL, ""));
            connection.expect(new Execute("", 0));
            connection.expect(Command.SYNC);
            connection.send(error("42P05", "prepared statement \"" + name + "\" already exists"), READY);
        });
        parsedAndAnswered(flow.keeping(2, SELECT, true, TYPES, 2), ID, 2);
        answer(flow.run(2, true, 3), 3);
        flow.playToGoodbye(connection -> {
            for (int i = 1; i <= 3; i++) {
                assertEquals(i, connection.execute(SELECT, i).fetchOne().getInt(0));
            }
        });
    }

    @Test
    void aStatementThatVanishesTellsThatNoneCanBeKept() {
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        lost(flow, READY);
        for (int i = 1; i <= 3; i++) {
            parsedAndAnswered(flow.once(SELECT, true, TYPES, i), ID, i);
        }
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, SELECT);
            for (int i = 1; i <= 3; i++) {
                assertEquals(i, connection.execute(SELECT, i).fetchOne().getInt(0));
            }
        });
    }

    @Test
    void aTransactionOfWhichOnlyTheBeginHasHappenedIsBegunAnew() {
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        lost(flow.unprepared("BEGIN"), Flow.unpreparedAnswer("BEGIN"), FAILED)
                .query("ROLLBACK", done("ROLLBACK"), READY)
                .unprepared("BEGIN")
                .once(SELECT, true, TYPES, 1)
                .send(Flow.unpreparedAnswer("BEGIN"))
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Flow.inBinary(ID), row(1))
                .send(done("SELECT 1"), IN_TRANSACTION)
                .query("COMMIT", done("COMMIT"), READY);
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, SELECT);
            connection.transaction(
                    tx -> assertEquals(1, tx.execute(SELECT, 1).fetchOne().getInt(0)));
        });
    }

    @Test
    void afterDiscardAllStatementsAreDescribedAnew() {
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        flow.utility("DISCARD ALL", READY);
        flow.close(1)
                .expectDescribe(SELECT)
                .send(
                        Signal.CLOSE_COMPLETE,
                        Signal.PARSE_COMPLETE,
                        new ParameterDescription(new int[] {INT4}),
                        ID,
                        READY);
        parsedAndAnswered(flow.once(SELECT, true, TYPES, 7), ID, 7);
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, SELECT);
            connection.execute("DISCARD ALL");
            assertEquals(7, connection.execute(SELECT, 7).fetchOne().getInt(0));
        });
    }

    @Test
    void aStalePlanIsDescribedAnewOnceOutsideATransaction() {
        RowDescription now = columns("id", INT4, "name", TEXT);
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        flow.run(1, true, 8).send(STALE, READY);
        flow.close(1)
                .expectDescribe(SELECT)
                .send(
                        Signal.CLOSE_COMPLETE,
                        Signal.PARSE_COMPLETE,
                        new ParameterDescription(new int[] {INT4}),
                        now,
                        READY)
                .once(SELECT, true, TYPES, 8)
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Flow.inBinary(now), row(8, "Ada"))
                .send(done("SELECT 1"), READY);
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, SELECT);
            assertEquals("(8, 'Ada')", connection.execute(SELECT, 8).fetchOne().toString());
        });
    }

    @Test
    void aPlanThatIsStaleAgainIsAnError() {
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        flow.run(1, true, 8).send(STALE, READY);
        flow.close(1)
                .expectDescribe(SELECT)
                .send(
                        Signal.CLOSE_COMPLETE,
                        Signal.PARSE_COMPLETE,
                        new ParameterDescription(new int[] {INT4}),
                        ID,
                        READY)
                .once(SELECT, true, TYPES, 8)
                .send(STALE, READY);
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, SELECT);
            assertThrows(NotSupportedException.class, () -> connection.execute(SELECT, 8));
        });
    }

    @Test
    void insideATransactionAStalePlanIsAnErrorAndDescribedAnewTheNextTime() {
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        flow.utility("BEGIN", IN_TRANSACTION);
        flow.run(1, true, 8).send(STALE, FAILED);
        flow.close(1).unprepared("ROLLBACK").expect(Command.SYNC).send(Signal.CLOSE_COMPLETE);
        flow.send(Flow.unpreparedAnswer("ROLLBACK")).send(READY).describe(SELECT, ID, INT4);
        parsedAndAnswered(flow.once(SELECT, true, TYPES, 9), ID, 9);
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, SELECT);
            connection.execute("BEGIN");
            assertThrows(NotSupportedException.class, () -> connection.execute(SELECT, 8));
            connection.execute("ROLLBACK");
            assertEquals(9, connection.execute(SELECT, 9).fetchOne().getInt(0));
        });
    }

    @Test
    void aStatementThatIsLostInsideATransactionIsAnErrorWithAdvice() {
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        flow.utility("BEGIN", IN_TRANSACTION);
        flow.then(connection -> {
            String name = connection.expect(Bind.class).statement();
            connection.expect(new Execute("", 0));
            connection.expect(Command.SYNC);
            connection.send(error("26000", "prepared statement \"" + name + "\" does not exist"), FAILED);
        });
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, SELECT);
            connection.execute("BEGIN");
            DatabaseException lost = assertThrows(DatabaseException.class, () -> connection.execute(SELECT, 8));
            assertEquals("26000", lost.sqlState());
            assertTrue(lost.getMessage().contains("prepare=never"), lost.getMessage());
        });
    }

    @Test
    void aFailedPrepareLeavesNothingBehind() {
        Flow flow = Flow.greeted().expectDescribe("SELECT x").send(error("42703", "no column x", 'P', "8"), READY);
        flow.describe("SELECT x", ID);
        parsedAndAnswered(flow.once("SELECT x", true, new int[0]), ID, 1);
        flow.playToGoodbye(connection -> {
            DatabaseException failure = assertThrows(DatabaseException.class, () -> connection.execute("SELECT x"));
            assertEquals("SELECT x", failure.sql());
            assertEquals(1, connection.execute("SELECT x").fetchOne().getInt(0));
        });
    }

    @Test
    void aBadValueSendsNothingAndTheConnectionIsAsItWas() {
        String sql = "SELECT id FROM t WHERE id = $1 AND name = $2";
        int[] types = {INT4, TEXT};
        Flow flow = Flow.greeted().describe(sql, ID, types);
        parsedAndAnswered(flow.once(sql, true, types, 1, "a"), ID, 1);
        parsedAndAnswered(flow.keeping(1, sql, true, types, 1, "a"), ID, 1);
        answer(flow.run(1, true, 1, "a"), 1);
        flow.playToGoodbye(connection -> {
            connection.execute(sql, 1, "a");
            connection.execute(sql, 1, "a");
            Object[][] bad = {{}, {1}, {1, "a", 2}, {1, "\0"}, {1, "\ud800"}, {"\0", "a"}};
            for (Object[] values : bad) {
                PgException refused = assertThrows(PgException.class, () -> connection.execute(sql, values));
                assertTrue(
                        refused instanceof InterfaceException || refused instanceof DataException, refused.toString());
            }
            assertThrows(DataException.class, () -> connection.execute("SELECT '\0'"));
            assertThrows(DataException.class, () -> connection.execute("SELECT '\ud800'"));
            assertThrows(DataException.class, () -> connection.cursor().executeSimple("\0"));
            assertThrows(DataException.class, () -> connection.cursor().executeMany("\0", List.of(List.of())));
            assertThrows(InterfaceException.class, () -> connection.execute("SELECT :a", Map.of()));
            assertEquals(1, connection.execute(sql, 1, "a").fetchOne().getInt(0));
        });
    }

    /** Another session may have changed it. */
    @Test
    void beforeAValueIsRefusedItIsAskedOnceWhatItsParameterIs() {
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        flow.describe(SELECT, ID, INT4);
        answer(flow.run(1, true, 7), 7);
        flow.describe(SELECT, ID, INT8)
                .close(1)
                .once(SELECT, true, new int[] {INT8}, 1L << 40)
                .send(Signal.CLOSE_COMPLETE)
                .sendNone(ID);
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, SELECT);
            assertThrows(DataException.class, () -> connection.execute(SELECT, 1L << 40));
            assertEquals(7, connection.execute(SELECT, 7).fetchOne().getInt(0));
            assertNull(connection.execute(SELECT, 1L << 40).fetchOne());
        });
    }

    @Test
    void aBadValueDoesNotLoseTheBeginThatIsDue() {
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        flow.describe(SELECT, ID, INT4);
        flow.unprepared("BEGIN").run(1, true, 9).send(Flow.unpreparedAnswer("BEGIN"));
        answer(flow, IN_TRANSACTION, 9);
        flow.query("COMMIT", done("COMMIT"), READY);
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, SELECT);
            Transaction transaction = connection.begin();
            assertThrows(DataException.class, () -> transaction.execute(SELECT, new Object()));
            assertThrows(DataException.class, () -> transaction.cursor().executeMany(SELECT, List.of(List.of("\0"))));
            assertEquals(9, transaction.execute(SELECT, 9).fetchOne().getInt(0));
            transaction.commit();
        });
    }

    @Test
    void aBadValueDoesNotLoseTheStatementsToClose() {
        String delete = "DELETE FROM t WHERE id = $1";
        Flow flow = Flow.greeted().kept(1, delete, Signal.NO_DATA, INT4).kept(2, SELECT, ID, INT4);
        flow.utility("BEGIN", IN_TRANSACTION);
        flow.run(1, false, 7).send(STALE, FAILED);
        flow.close(1).unprepared("ROLLBACK").expect(Command.SYNC).send(Signal.CLOSE_COMPLETE);
        flow.send(Flow.unpreparedAnswer("ROLLBACK")).send(READY);
        answer(flow.run(2, true, 8), 8);
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, delete);
            Flow.keep(connection, SELECT);
            connection.execute("BEGIN");
            assertThrows(DatabaseException.class, () -> connection.execute(delete, 7));
            assertThrows(DataException.class, () -> connection.execute(SELECT, new Object()));
            connection.execute("ROLLBACK");
            assertEquals(8, connection.execute(SELECT, 8).fetchOne().getInt(0));
        });
    }

    @Test
    void executeManyPipelinesAllSetsInOneSegment() {
        String sql = "INSERT INTO t VALUES ($1, $2)";
        Flow flow = Flow.greeted().describeInSegment(1, sql, Signal.NO_DATA, INT4, TEXT);
        flow.expect(
                Flow.bind(1, false, 1, "a"),
                new Execute("", 0),
                Flow.bind(1, false, 2, "b"),
                new Execute("", 0),
                Command.SYNC);
        flow.send(Signal.BIND_COMPLETE, done("INSERT 0 1"), Signal.BIND_COMPLETE, done("INSERT 0 1"), READY);
        flow.run(1, false, 3, "c").send(Signal.BIND_COMPLETE, done("INSERT 0 1"), READY);
        flow.run(1, false, 4, "d").send(Signal.BIND_COMPLETE, done("INSERT 0 1"), READY);
        flow.expect(Command.SYNC).send(READY);
        flow.playToGoodbye(connection -> {
            Cursor cursor = connection.cursor();
            assertEquals(
                    2,
                    cursor.executeMany(sql, List.of(List.of(1, "a"), new Object[] {2, "b"}))
                            .rowCount());
            String named = "INSERT INTO t VALUES (:id, :name)";
            assertEquals(
                    1,
                    cursor.executeMany(named, List.of(Map.of("id", 3, "name", "c")))
                            .rowCount());
            record Item(String name, int id) {}
            assertEquals(1, cursor.executeMany(named, List.of(new Item("d", 4))).rowCount());
            cursor.executeMany(sql, List.of());
        });
    }

    @Test
    void executeManyOfAStatementWithRowsGivesAResultForEachSet() {
        Flow flow = Flow.greeted().describeInSegment(1, SELECT, ID, INT4);
        flow.expect(Flow.bind(1, true, 1), new Execute("", 0), Flow.bind(1, true, 2), new Execute("", 0), Command.SYNC);
        flow.send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), Signal.BIND_COMPLETE, done("SELECT 0"), READY);
        flow.playToGoodbye(connection -> {
            Cursor cursor = connection.cursor().executeMany(SELECT, List.of(List.of(1), List.of(2)));
            assertEquals(1, cursor.fetchAll().size());
            assertTrue(cursor.nextSet());
            assertEquals(0, cursor.fetchAll().size());
            assertFalse(cursor.nextSet());
        });
    }

    @Test
    void aBadFirstSetSendsNothing() {
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        answer(flow.run(1, true, 7), 7);
        flow.playToGoodbye(connection -> {
            Flow.keep(connection, SELECT);
            Cursor cursor = connection.cursor();
            for (Object set : Arrays.asList(List.of("\0"), List.of(), null, 7, "text", new HashMap<>())) {
                List<Object> sets = new ArrayList<>();
                sets.add(set);
                sets.add(List.of(1));
                assertThrows(PgException.class, () -> cursor.executeMany(SELECT, sets), "set " + set);
            }
            assertEquals(7, connection.execute(SELECT, 7).fetchOne().getInt(0));
        });
    }

    /** Sets leave in parts; what was sent before the bad one is rolled back by a portal that does not exist. */
    @Test
    void aBadLaterSetRollsBackWhatWasSentBeforeIt() {
        String sql = "INSERT INTO t VALUES ($1)";
        String large = "x".repeat(70_000);
        Flow flow = Flow.greeted()
                .describeInSegment(1, sql, Signal.NO_DATA, TEXT)
                .expect(Flow.bind(1, false, large), new Execute("", 0))
                .expect(new Execute("pgwire_abandoned_batch", 0), Command.SYNC)
                .send(Signal.BIND_COMPLETE, done("INSERT 0 1"), error("34000", "no such portal"), READY);
        flow.utility("SET x", READY);
        flow.playToGoodbye(connection -> {
            DataException refused = assertThrows(
                    DataException.class,
                    () -> connection.cursor().executeMany(sql, List.of(List.of(large), List.of("\0"))));
            assertTrue(refused.getMessage().contains("parameter $1"), refused.getMessage());
            connection.execute("SET x");
        });
    }

    @Test
    void insideATransactionABadLaterSetNeedsNoSuchPortal() {
        String sql = "INSERT INTO t VALUES ($1)";
        String large = "x".repeat(70_000);
        Flow flow = Flow.greeted()
                .utility("BEGIN", IN_TRANSACTION)
                .describeInSegment(1, sql, Signal.NO_DATA, TEXT)
                .expect(Flow.bind(1, false, large), new Execute("", 0), Command.SYNC)
                .send(Signal.BIND_COMPLETE, done("INSERT 0 1"), IN_TRANSACTION);
        flow.playToGoodbye(connection -> {
            connection.execute("BEGIN");
            Iterator<Object> sets = new Iterator<>() {
                private boolean first = true;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Object next() {
                    if (!first) {
                        throw new IllegalStateException("no more");
                    }
                    first = false;
                    return List.of(large);
                }
            };
            assertThrows(IllegalStateException.class, () -> connection.cursor().executeMany(sql, (Iterable<Object>)
                    () -> sets));
            assertTrue(connection.inTransaction());
        });
    }

    @Test
    void anArrayThatIsUsedForEverySetIsWrittenBeforeTheNextSetIsAskedFor() {
        String sql = "INSERT INTO t VALUES ($1)";
        Flow flow = Flow.greeted().describeInSegment(1, sql, Signal.NO_DATA, INT4);
        flow.expect(
                Flow.bind(1, false, 1),
                new Execute("", 0),
                Flow.bind(1, false, 2),
                new Execute("", 0),
                Flow.bind(1, false, 3),
                new Execute("", 0),
                Command.SYNC);
        flow.send(Signal.BIND_COMPLETE, done("INSERT 0 1"), Signal.BIND_COMPLETE, done("INSERT 0 1"));
        flow.send(Signal.BIND_COMPLETE, done("INSERT 0 1"), READY);
        Object[] same = new Object[1];
        Iterable<Object> sets = () -> IntStream.rangeClosed(1, 3)
                .mapToObj(i -> {
                    same[0] = i;
                    return (Object) same;
                })
                .iterator();
        flow.playToGoodbye(connection ->
                assertEquals(3, connection.cursor().executeMany(sql, sets).rowCount()));
    }

    @Test
    void anErrorInABatchIsThrown() {
        String sql = "INSERT INTO t VALUES ($1)";
        Flow flow = Flow.greeted().describeInSegment(1, sql, Signal.NO_DATA, INT4);
        flow.expect(
                Flow.bind(1, false, 1), new Execute("", 0), Flow.bind(1, false, 2), new Execute("", 0), Command.SYNC);
        flow.send(
                Signal.BIND_COMPLETE,
                done("INSERT 0 1"),
                Signal.BIND_COMPLETE,
                error("22012", "division by zero"),
                READY);
        flow.playToGoodbye(connection -> assertThrows(
                DivisionByZeroException.class,
                () -> connection.cursor().executeMany(sql, List.of(List.of(1), List.of(2)))));
    }

    @Test
    void anEmptyStatementInABatchDoesNothing() {
        Flow flow = Flow.greeted().describeInSegment(0, "--", Signal.NO_DATA);
        flow.expect(Flow.bindUnnamed(false), new Execute("", 0), Command.SYNC)
                .send(Signal.BIND_COMPLETE, Signal.EMPTY_QUERY_RESPONSE, READY);
        flow.playToGoodbye(connection -> assertEquals(
                -1, connection.cursor().executeMany("--", List.of(List.of())).rowCount()));
    }

    @Test
    void copyIsRefusedCleanly() {
        CopyFail refusal = new CopyFail("COPY FROM STDIN cannot be run through execute, expected copyIn(sql, data)");
        ErrorResponse failed = error("57014", "COPY from stdin failed");
        Flow flow = Flow.greeted()
                .unprepared("COPY t FROM STDIN")
                .expect(Command.SYNC)
                .send(
                        Signal.PARSE_COMPLETE,
                        Signal.BIND_COMPLETE,
                        Signal.NO_DATA,
                        new CopyInResponse(Format.TEXT, List.of(Format.TEXT)))
                .expect(refusal, Command.SYNC)
                .send(failed, READY)
                .unprepared("COPY t TO STDOUT")
                .expect(Command.SYNC)
                .send(
                        Signal.PARSE_COMPLETE,
                        Signal.BIND_COMPLETE,
                        Signal.NO_DATA,
                        new CopyOutResponse(Format.TEXT, List.of(Format.TEXT)))
                .send(new CopyData(new byte[] {'1', 10}), Signal.COPY_DONE, done("COPY 1"), READY)
                .query("COPY t FROM STDIN; SELECT 1", new CopyInResponse(Format.TEXT, List.of(Format.TEXT)))
                .expect(refusal)
                .send(failed, READY)
                .utility("SET x", READY);
        flow.playToGoodbye(connection -> {
            for (String sql : List.of("COPY t FROM STDIN", "COPY t TO STDOUT", "COPY t FROM STDIN; SELECT 1")) {
                NotSupportedException refused =
                        assertThrows(NotSupportedException.class, () -> connection.execute(sql));
                assertTrue(refused.getMessage().contains("cannot be run through execute"), refused.getMessage());
            }
            connection.execute("SET x");
        });
    }

    @Test
    void aBatchOfCopiesIsRefusedBeforeAnythingIsSent() {
        Flow.greeted().utility("SET x", READY).playToGoodbye(connection -> {
            assertThrows(
                    NotSupportedException.class,
                    () -> connection.cursor().executeMany("COPY t FROM STDIN", List.of(List.of())));
            connection.execute("SET x");
        });
    }

    @Test
    void aResultThatIsNotReadIsSetAsideForTheNextStatement() {
        String large = "x".repeat(20_000);
        Flow flow = Flow.greeted()
                .describe("TABLE t", columns("a", TEXT))
                .once("TABLE t", true, new int[0])
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Flow.inBinary(columns("a", TEXT)));
        for (int i = 0; i < 20; i++) {
            flow.send(row(large + i));
        }
        flow.send(done("SELECT 20"), READY).utility("SET x", READY);
        flow.playToGoodbye(connection -> {
            Cursor cursor = connection.execute("TABLE t");
            assertTrue(cursor.next());
            connection.execute("SET x");
            assertEquals(large + 0, cursor.getString(0));
            assertEquals(19, cursor.fetchAll().size());
            assertEquals(20, cursor.rowCount());
        });
    }
}
