package dev.pgwire.internal.exchange;

import static dev.pgwire.fixture.Messages.FAILED;
import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.fatal;
import static dev.pgwire.fixture.Messages.notice;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.error.SyntaxErrorException;
import dev.pgwire.fixture.Messages;
import dev.pgwire.internal.auth.StartupExchange;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.Signal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Outgoing NOWHERE = messages -> {
        throw new AssertionError("nothing is to be sent");
    };

    private final RecordedEvents events = new RecordedEvents();
    private final Conversation conversation = new Conversation(events);
    private static final RowPlanner PLANNER = new RowPlanner(TypeRegistry.builtin());
    private final RowPlan plan = PLANNER.asDescribed(columns("id", INT4));

    private void receive(BackendMessage... messages) {
        for (BackendMessage message : messages) {
            if (message instanceof DataRow row) {
                byte[] frame = Messages.bytes(row);
                conversation.rows(frame, 0, frame.length);
            } else {
                conversation.receive(message);
            }
        }
    }

    private <E extends Exchange> E ask(E exchange) {
        conversation.add(exchange);
        return exchange;
    }

    private Results execute() {
        Results results = new Results();
        Result result = new Result(plan);
        results.add(result);
        ask(new ExecuteExchange("SELECT", results, result, NOWHERE));
        results.endWith(ask(new SyncExchange()));
        return results;
    }

    private List<String> rows(Results results) {
        List<String> rows = new ArrayList<>();
        Result result = results.current();
        for (RowSlice slice = result.nextRows(); slice != null; slice = result.nextRows()) {
            for (int i = slice.from(); i < slice.to(); i++) {
                rows.add(slice.page().keep(result.plan(), i).toString());
            }
        }
        return rows;
    }

    @Test
    void answersGoToWhoAskedFirst() {
        Results first = execute();
        Results second = execute();
        receive(Signal.BIND_COMPLETE, row("1"), done("SELECT 1"), READY);
        assertTrue(first.isDone());
        assertFalse(second.isDone());
        receive(Signal.BIND_COMPLETE, row("2"), row("3"), done("SELECT 2"), IN_TRANSACTION);
        assertEquals(List.of("(1,)"), rows(first));
        assertEquals(List.of("(2,)", "(3,)"), rows(second));
        assertEquals(List.of(TransactionStatus.IDLE, TransactionStatus.IN_TRANSACTION), events.ready);
    }

    @Test
    void errorSkipsToTheNextSync() {
        PrepareExchange skipped = new PrepareExchange("SELEC");
        Results first = new Results();
        Result result = new Result(null);
        first.add(result);
        ask(skipped);
        ask(new ExecuteExchange("SELEC", first, result, NOWHERE));
        first.endWith(ask(new SyncExchange()));
        Results second = execute();

        receive(error("42601", "syntax error"));
        assertFalse(first.isDone());
        receive(FAILED);
        assertTrue(first.isDone());
        SyntaxErrorException failure = assertInstanceOf(SyntaxErrorException.class, first.failure());
        assertEquals("SELEC", failure.sql());

        receive(Signal.BIND_COMPLETE, row("2"), done("SELECT 1"), READY);
        assertTrue(second.isDone());
        assertNull(second.failure());
        assertEquals(List.of("(2,)"), rows(second));
    }

    @Test
    void rowsBeforeAnErrorStayReadable() {
        Results results = execute();
        receive(Signal.BIND_COMPLETE, row("1"), error("22012", "division by zero"), READY);
        assertEquals("22012", ((DatabaseException) results.failure()).sqlState());
        assertEquals(List.of("(1,)"), rows(results));
        assertFalse(results.current().isComplete());
    }

    @Test
    void anErrorOfTheSyncItselfFailsItsSegment() {
        Results results = execute();
        receive(Signal.BIND_COMPLETE, done("INSERT 0 1"), error("23503", "deferred"), READY);
        assertEquals("23503", ((DatabaseException) results.failure()).sqlState());
    }

    @Test
    void theFirstErrorOfASegmentIsItsFailure() {
        Results results = execute();
        receive(error("22012", "first"), error("XX000", "second"), READY);
        assertTrue(results.failure().getMessage().contains("first"));
    }

    @Test
    void readyForQueryWithNothingAskedIsAViolation() {
        assertThrows(ProtocolViolation.class, () -> receive(READY));
        execute();
        assertThrows(ProtocolViolation.class, () -> receive(READY));
        assertEquals(List.of(), events.ready);
    }

    @Test
    void anythingElseWithNothingAskedIsAViolation() {
        for (BackendMessage message : Samples.all()) {
            if (!Samples.mayComeAnytime(message)) {
                assertThrows(ProtocolViolation.class, () -> receive(message), message.toString());
            }
        }
    }

    @Test
    void aRowThatNoRowDescriptionAnnouncedIsAViolation() {
        List<Exchange> rowless = List.of(
                new PrepareExchange(""),
                new SyncExchange(),
                new CloseExchange(),
                new StartupExchange(ProtocolVersion.V3_0, ProtocolVersion.V3_0),
                new BatchExchange("", new Results(), null),
                new QueryExchange("", new Results(), NOWHERE, PLANNER));
        for (Exchange exchange : rowless) {
            Conversation alone = new Conversation(events);
            alone.add(exchange);
            ProtocolViolation refused =
                    assertThrows(ProtocolViolation.class, () -> alone.rows(Messages.bytes(row("1")), 0, 1));
            assertTrue(refused.getMessage().contains("DataRow"), refused.getMessage());
        }
    }

    @Test
    void whatMayComeAtAnyTimeChangesNothing() {
        List<BackendMessage> script = List.of(
                Signal.PARSE_COMPLETE,
                new ParameterDescription(new int[] {INT4}),
                columns("id", INT4),
                READY,
                Signal.CLOSE_COMPLETE,
                Signal.BIND_COMPLETE,
                row("1"),
                row("2"),
                row("3"),
                done("SELECT 3"),
                READY);
        List<BackendMessage> asides =
                List.of(notice("hm"), new ParameterStatus("a", "b"), new NotificationResponse(1, "c", "p"));
        for (int gap = 0; gap <= script.size(); gap++) {
            ConversationTest fresh = new ConversationTest();
            PrepareExchange prepare = fresh.ask(new PrepareExchange("SELECT"));
            fresh.ask(new SyncExchange());
            fresh.ask(new CloseExchange());
            Results results = fresh.execute();
            for (int i = 0; i <= script.size(); i++) {
                if (i == gap) {
                    asides.forEach(fresh::receive);
                }
                if (i < script.size()) {
                    fresh.receive(script.get(i));
                }
            }
            assertEquals(3, fresh.events.told.size());
            assertNotNull(prepare.columns());
            assertTrue(results.isDone());
            assertNull(results.failure());
            assertEquals(3, results.current().rowCount());
            assertEquals(List.of("(1,)", "(2,)", "(3,)"), rows(results), "gap " + gap);
        }
    }

    @Test
    void endFailsEverybodyWhoWaitsWithOneCause() {
        Results first = execute();
        Results second = execute();
        PgException cause = new ConnectionFailureException("gone", null);
        receive(Signal.BIND_COMPLETE, row("1"));
        conversation.end(cause);
        conversation.end(new ConnectionFailureException("later", null));
        Results late = execute();
        for (Results results : List.of(first, second, late)) {
            assertTrue(results.isDone());
            assertLost(results, results == late ? "the connection is gone: gone" : "gone");
        }
        assertSame(cause, conversation.ended());
        assertNotSame(first.failure(), second.failure());
        assertNotSame(first.failure(), late.failure());
    }

    private static void assertLost(Results results, String message) {
        ConnectionFailureException lost = assertInstanceOf(ConnectionFailureException.class, results.failure());
        assertEquals("08006", lost.sqlState());
        assertEquals(message, lost.getMessage());
        assertNull(lost.getCause());
    }

    @Test
    void whatAFatalErrorSaidIsTheCauseOfTheLossThatFollows() {
        Results first = execute();
        Results second = execute();
        receive(fatal("57P01", "terminating connection due to administrator command"));
        conversation.end(new ConnectionFailureException("the server closed the connection", null));
        assertInstanceOf(AdminShutdownException.class, first.failure());
        assertInstanceOf(AdminShutdownException.class, second.failure());
        assertInstanceOf(AdminShutdownException.class, conversation.ended());
    }

    @Test
    void anErrorWhileNothingWasAskedIsTheCauseOfTheLossThatFollows() {
        receive(error("57P05", "idle session timeout"));
        conversation.end(new ConnectionFailureException("the server closed the connection", null));
        assertEquals("57P05", ((DatabaseException) execute().failure()).sqlState());
    }

    @Test
    void anOrdinaryErrorIsNotTheCauseOfALaterLoss() {
        execute();
        receive(error("22012", "division by zero"), READY);
        PgException cause = new ConnectionFailureException("gone", null);
        conversation.end(cause);
        assertSame(cause, conversation.ended());
    }

    @Test
    void aViolationIsNotBlamedOnWhatWasSaidBefore() {
        receive(fatal("57P01", "bye"));
        PgException cause = new ProtocolViolationException(new ProtocolViolation("nonsense"));
        conversation.end(cause);
        assertSame(cause, conversation.ended());
    }

    @Test
    void discardedRowsAreForgottenAndTheAnswerIsStillRead() {
        Results results = execute();
        receive(Signal.BIND_COMPLETE, row("1"));
        conversation.deliver();
        assertTrue(results.unreadBytes() > 0);
        results.discard();
        receive(row("2"), done("SELECT 2"), READY);
        assertEquals(0, results.unreadBytes());
        assertEquals(List.of(), rows(results));
        assertTrue(results.isDone());
        assertEquals("SELECT 2", results.current().tag());
    }

    @Test
    void aBatchWithoutColumnsCountsTheRowsOfAllAndOneWithColumnsGivesAResultEach() {
        Results sum = new Results();
        sendTwo(ask(new BatchExchange("INSERT", sum, null)));
        receive(Signal.BIND_COMPLETE, done("INSERT 0 1"), Signal.BIND_COMPLETE, done("INSERT 0 2"), READY);
        assertEquals(3, sum.current().rowCount());
        assertArrayEquals(new long[] {1, 2}, sum.counts().toArray());
        assertFalse(sum.hasNext());
        Results each = new Results();
        sendTwo(ask(new BatchExchange("SELECT", each, plan)));
        receive(Signal.BIND_COMPLETE, row("1"), done("SELECT 1"), Signal.BIND_COMPLETE, done("SELECT 0"), READY);
        assertArrayEquals(new long[] {1, 0}, each.counts().toArray());
        assertTrue(each.hasNext());
        assertEquals(List.of("(1,)"), rows(each));
        each.advance();
        assertFalse(each.hasNext());
        assertEquals(List.of(), rows(each));
        assertEquals(0, each.current().rowCount());
        each.advance();
        assertNull(each.current());
    }

    /** A string of millions of statements, or a server that never stops to answer. */
    @Test
    void resultsWithoutRowsTakeRoomToo() {
        Results results = new Results();
        ask(new QueryExchange("...", results, NOWHERE, PLANNER));
        for (int i = 0; i < 10_000; i++) {
            receive(done("SET"));
        }
        assertTrue(results.unreadBytes() > 1_500_000, "" + results.unreadBytes());
        assertTrue(results.areMore(1_500_000));
        while (results.hasNext()) {
            results.advance();
        }
        assertEquals(0, results.unreadBytes());
        assertFalse(results.areMore(1_500_000));
    }

    @Test
    void ofResultsThatAreForgottenOnlyTheFirstIsKept() {
        Results results = new Results();
        results.discard();
        QueryExchange query = ask(new QueryExchange("...", results, NOWHERE, PLANNER));
        for (int i = 0; i < 1_000; i++) {
            receive(done("TAG " + i), columns("id", INT4), row("1"), done("SELECT 1"));
        }
        receive(READY);
        assertTrue(query.isDone());
        assertEquals("TAG 0", results.current().tag());
        assertFalse(results.hasNext());
        assertEquals(0, results.unreadBytes());
    }

    private static void sendTwo(BatchExchange batch) {
        batch.expectExecutions(2);
        batch.expectSync();
    }

    @Test
    void theServerIsNotReadyBeforeAllThatWasSentWasAnswered() {
        BatchExchange batch = ask(new BatchExchange("INSERT", new Results(), null));
        batch.expectExecutions(2);
        receive(Signal.BIND_COMPLETE, done("INSERT 0 1"), Signal.BIND_COMPLETE, done("INSERT 0 1"));
        ProtocolViolation early = assertThrows(ProtocolViolation.class, () -> receive(READY));
        assertTrue(early.getMessage().contains("before the Sync"), early.getMessage());
        batch.expectExecutions(1);
        batch.expectSync();
        ProtocolViolation owed = assertThrows(ProtocolViolation.class, () -> receive(READY));
        assertTrue(owed.getMessage().contains("2 of 3 executions"), owed.getMessage());
        assertFalse(batch.isDone());
    }

    @Test
    void moreAnswersThanExecutionsAreAViolation() {
        sendTwo(ask(new BatchExchange("INSERT", new Results(), null)));
        receive(Signal.BIND_COMPLETE, done("INSERT 0 1"), Signal.BIND_COMPLETE, done("INSERT 0 1"));
        assertThrows(ProtocolViolation.class, () -> receive(Signal.BIND_COMPLETE));
    }

    @Test
    void aRowDescriptionBeginsAnotherResultOfTheSameStatement() {
        Results results = new Results();
        QueryExchange query = ask(new QueryExchange("INSERT", results, NOWHERE, PLANNER));
        receive(columns("id", INT4), row("1"), columns("a", INT4, "b", INT4), row("2", "3"), done("INSERT 0 1"));
        assertThrows(ProtocolViolation.class, () -> receive(row("4")));
        receive(READY);
        assertTrue(query.isDone());
        assertEquals(List.of("(1,)"), rows(results));
        assertTrue(results.current().isComplete());
        assertNull(results.current().tag());
        results.advance();
        assertEquals(List.of("(2, 3)"), rows(results));
        assertEquals("INSERT 0 1", results.current().tag());
        assertFalse(results.hasNext());
    }

    @Test
    void dataOfACopyThatNobodyBeganIsNoLostRow() {
        Results results = new Results();
        ask(new QueryExchange("SELECT", results, NOWHERE, PLANNER));
        receive(columns("id", INT4), row("1"));
        assertThrows(ProtocolViolation.class, () -> receive(new CopyData(new byte[] {0, 0})));
        Conversation alone = new Conversation(events);
        Result result = new Result(plan);
        alone.add(new ExecuteExchange("SELECT", results, result, NOWHERE));
        alone.receive(Signal.BIND_COMPLETE);
        assertThrows(ProtocolViolation.class, () -> alone.receive(new CopyData(new byte[] {0, 0})));
        assertThrows(ProtocolViolation.class, () -> alone.receive(Signal.COPY_DONE));
    }

    /** After a Flush an error may come before the Sync is sent: the server skips what follows up to it. */
    @Test
    void whatIsAskedBetweenAnErrorAndTheSyncIsSkipped() {
        PipelineSegment segment = new PipelineSegment(1_000);
        Results failed = pipelined(segment, 1);
        receive(Signal.BIND_COMPLETE, row("1"), error("22012", "division by zero"));
        Results skipped = pipelined(segment, 2);
        assertInstanceOf(PipelineAbortedException.class, skipped.failure());
        assertFalse(skipped.isDone());
        ask(segment);
        Results after = execute();
        receive(READY);
        assertTrue(failed.isDone());
        assertTrue(skipped.isDone());
        assertSame(segment.failure(), failed.failure());
        assertSame(segment.failure(), skipped.failure().getCause());
        assertSame(failed, segment.failed());
        assertEquals("statement 1 of the pipeline", ((DatabaseException) failed.failure()).place());
        receive(Signal.BIND_COMPLETE, row("2"), done("SELECT 1"), READY);
        assertTrue(after.isDone());
        assertNull(after.failure());
        assertEquals(List.of("(2,)"), rows(after));
    }

    @Test
    void theStatementsOfAPipelineBehindOneThatFailedAreAborted() {
        PipelineSegment segment = new PipelineSegment(1_000);
        Results first = pipelined(segment, 1);
        Results second = pipelined(segment, 2);
        Results third = pipelined(segment, 3);
        ask(segment);
        receive(Signal.BIND_COMPLETE, row("1"), done("SELECT 1"), Signal.BIND_COMPLETE);
        receive(error("22012", "division by zero"), READY);
        assertNull(first.failure());
        assertEquals(List.of("(1,)"), rows(first));
        assertEquals("statement 2 of the pipeline", ((DatabaseException) second.failure()).place());
        PgException aborted = assertInstanceOf(PipelineAbortedException.class, third.failure());
        assertSame(second.failure(), aborted.getCause());
        assertTrue(aborted.getMessage().startsWith("statement 3 of the pipeline "), aborted.getMessage());
    }

    @Test
    void thePipelineItselfTellsTheFailureOfAStatementWhoseResultWasLost() {
        PipelineSegment segment = new PipelineSegment(30);
        Results lost = pipelined(segment, 1);
        ask(segment);
        receive(Signal.BIND_COMPLETE, row("1"), row("2"), row("3"), error("22012", "division by zero"), READY);
        assertInstanceOf(InterfaceException.class, lost.failure());
        assertInstanceOf(DatabaseException.class, segment.failure());
        assertNull(segment.failed());
    }

    @Test
    void aPipelineWhoseCommitFailsBlamesNoStatement() {
        PipelineSegment segment = new PipelineSegment(1_000);
        Results only = pipelined(segment, 1);
        ask(segment);
        receive(Signal.BIND_COMPLETE, done("SELECT 0"), error("23503", "deferred"), READY);
        assertNull(only.failure());
        assertNull(segment.failed());
        assertNotNull(segment.failure());
    }

    @Test
    void everyStatementOfALostPipelineFailsWithTheSameCause() {
        PipelineSegment segment = new PipelineSegment(1_000);
        Results first = pipelined(segment, 1);
        Results second = pipelined(segment, 2);
        PgException cause = new ConnectionFailureException("gone", null);
        conversation.end(cause);
        Results late = pipelined(segment, 3);
        ask(segment);
        for (Results results : List.of(first, second, late)) {
            assertTrue(results.isDone());
            assertLost(results, results == late ? "the connection is gone: gone" : "gone");
        }
        assertNotSame(first.failure(), second.failure());
    }

    @Test
    void aPipelineKeepsNoMoreThanItMayAndLosesOnlyTheResultThatIsTooMuch() {
        PipelineSegment segment = new PipelineSegment(30);
        Results first = pipelined(segment, 1);
        Results second = pipelined(segment, 2);
        Results empty = pipelined(segment, 3);
        ask(segment);
        receive(Signal.BIND_COMPLETE, row("1"), row("2"), done("SELECT 2"));
        receive(Signal.BIND_COMPLETE, row("3"), done("SELECT 1"), Signal.BIND_COMPLETE, done("SELECT 0"), READY);
        assertEquals(List.of("(1,)", "(2,)"), rows(first));
        assertInstanceOf(InterfaceException.class, second.failure());
        assertEquals(0, second.unreadBytes());
        assertNull(empty.failure());
        assertNull(segment.failure());
    }

    private Results pipelined(PipelineSegment segment, long number) {
        Results results = new Results();
        Result result = new Result(plan);
        results.add(result);
        ask(new PipelinedExchange(new ExecuteExchange("SELECT", results, result, NOWHERE), results, segment, number));
        return results;
    }

    @Test
    void severalStatementsGiveSeveralResultsUpToTheOneThatFails() {
        Results results = new Results();
        ask(new QueryExchange("...", results, NOWHERE, PLANNER));
        receive(columns("id", INT4), row("1"), done("SELECT 1"), done("SET"), Signal.EMPTY_QUERY_RESPONSE);
        receive(error("22012", "division by zero"), READY);
        assertTrue(results.hasNext());
        assertEquals(List.of("(1,)"), rows(results));
        results.advance();
        assertEquals("SET", results.current().tag());
        assertNull(results.current().plan());
        results.advance();
        assertNull(results.current().tag());
        assertNotNull(results.failure());
    }

    @Test
    void anUnknownPeerMaySendLittle() {
        StartupExchange startup = ask(new StartupExchange(ProtocolVersion.V3_0, ProtocolVersion.V3_0));
        assertEquals(2_000, conversation.maxBody((byte) 'R'));
        assertEquals(30_000, conversation.maxBody((byte) 'E'));
        receive(Authentication.Request.OK);
        assertEquals(Wire.MAX_BODY, conversation.maxBody((byte) 'E'));
        receive(READY);
        assertTrue(startup.isDone());
        assertEquals(Wire.MAX_BODY, conversation.maxBody((byte) 'D'));
    }
}
