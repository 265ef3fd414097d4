package dev.pgwire.internal.pipeline;

import static dev.pgwire.fixture.Flow.bind;
import static dev.pgwire.fixture.Flow.bindUnnamed;
import static dev.pgwire.fixture.Flow.inBinary;
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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.fixture.OneGate;
import dev.pgwire.internal.answer.NextRows;
import dev.pgwire.internal.request.Segment;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineQueueTest {
    private static final String SQL = "SELECT id FROM t WHERE id = $1";
    private static final RowDescription ID = columns("id", INT4);
    private static final Parse ASK = new Parse("", SQL, new int[0]);
    private static final Describe DESCRIBE = new Describe(Target.STATEMENT, "");
    private static final Execute EXECUTE = new Execute("", 0);
    /** No int4 takes it. */
    private static final long LARGE = 1L << 40;
    /** Fills a part. */
    private static final String WIDE = "x".repeat(70_000);

    private final Backend server = new Backend();
    private final PipelineQueue queue = new PipelineQueue(server.dispatch());

    @AfterEach
    void close() {
        server.close();
    }

    private Enqueueing enqueueing(Object... values) {
        return enqueueing(SQL, values);
    }

    private Enqueueing enqueueing(String sql, Object[] values) {
        return new Enqueueing(server.dispatch(), queue, sql, values);
    }

    private Results queued(Object... values) {
        return server.ends(enqueueing(values));
    }

    private PipelineSync sync() {
        return new PipelineSync(server.dispatch(), queue, () -> false);
    }

    private PipelineDrop drop() {
        return new PipelineDrop(server.dispatch(), queue, "dropped");
    }

    private static BackendMessage[] described(int type) {
        return new BackendMessage[] {Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {type}), ID};
    }

    private static BackendMessage[] oneRow(int id) {
        return new BackendMessage[] {Signal.BIND_COMPLETE, row(id), done("SELECT 1")};
    }

    private NextRows read(Results results) {
        return new NextRows(server.dispatch(), results, Objects.requireNonNull(results.current()));
    }

    @Test
    void knownStatementsAreSentWithTheSync() {
        server.keeps(SQL, ID, INT4);
        Results one = queued(1);
        Results two = queued(2);
        assertTrue(queue.isBegun());
        PipelineSync sync = sync();
        server.isAsked(sync, bind(1, true, 1), EXECUTE, bind(1, true, 2), EXECUTE, Command.SYNC);
        server.says(oneRow(1));
        server.isWaitedFor(sync);
        server.says(oneRow(2));
        server.says(READY);
        server.ends(sync);
        assertFalse(queue.isBegun());
        assertEquals(List.of("(1,)"), server.rows(one));
        assertEquals(List.of("(2,)"), server.rows(two));
        queue.throwUntold();
    }

    @Test
    void aSyncOfNothingSendsNothing() {
        server.ends(sync());
        server.ends(drop());
    }

    @Test
    void aResultThatIsReadIsSyncedBefore() {
        server.keeps(SQL, ID, INT4);
        Results one = queued(1);
        NextRows next = read(one);
        server.isAsked(next, bind(1, true, 1), EXECUTE, Command.SYNC);
        server.says(oneRow(1));
        server.says(READY);
        assertNotNull(server.ends(next));
        assertNull(server.ends(read(one)));
    }

    @Test
    void aNewStatementIsDescribedBehindWhatIsQueued() {
        server.keeps("SELECT 1", ID);
        server.ends(enqueueing("SELECT 1", new Object[0]));
        Enqueueing next = enqueueing(7);
        server.isAsked(next, bind(1, true), EXECUTE, ASK, DESCRIBE, Command.FLUSH);
        assertTrue(next.isWriting());
        server.says(oneRow(1));
        server.says(described(INT4));
        server.ends(next);
        PipelineSync sync = sync();
        server.isAsked(sync, bindUnnamed(true, 7), EXECUTE, Command.SYNC);
    }

    @Test
    void aPartIsSentWhenItIsFullAndRoomIsWaitedFor() {
        server.keeps(SQL, columns("text", TEXT), TEXT);
        Enqueueing wide = enqueueing(WIDE);
        server.hasRoom(false);
        server.isAsked(wide, bind(1, true, WIDE), EXECUTE);
        server.hasRoom(true);
        server.ends(wide);
        assertTrue(queue.isSent());
    }

    @Test
    void aBeginThatIsDueBeginsTheSegment() {
        server.keeps(SQL, ID, INT4);
        server.dispatch().due().once("BEGIN");
        queued(1);
        PipelineSync sync = sync();
        server.isAsked(
                sync,
                new Parse("", "BEGIN", new int[0]),
                new Bind("", "", List.of(), List.of(), List.of()),
                new Describe(Target.PORTAL, ""),
                EXECUTE,
                bind(1, true, 1),
                EXECUTE,
                Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Signal.NO_DATA, done("BEGIN"));
        server.says(oneRow(1));
        server.says(IN_TRANSACTION);
        server.ends(sync);
        assertFalse(server.dispatch().due().isOnce());
    }

    @Test
    void aValueThatIsRefusedQueuesNothing() {
        server.keeps(SQL, ID, TEXT);
        server.fails(DataException.class, enqueueing("\0"));
        assertFalse(queue.isBegun());
        queued("x");
        server.fails(DataException.class, enqueueing("\0"));
        server.isAsked(sync(), bind(1, true, "x"), EXECUTE, Command.SYNC);
    }

    @Test
    void aValueThatIsRefusedIsAskedAboutOnce() {
        server.keeps(SQL, ID, INT4);
        Enqueueing doubted = enqueueing(LARGE);
        server.isAsked(doubted, ASK, DESCRIBE, Command.FLUSH);
        server.says(described(INT8));
        server.ends(doubted);
        server.isAsked(
                sync(),
                bindUnnamed(true, LARGE),
                EXECUTE,
                new dev.pgwire.protocol.frontend.Close(Target.STATEMENT, "pgwire_1"),
                Command.SYNC);
    }

    @Test
    void aValueThatIsRefusedForGoodLeavesTheSegmentOpen() {
        PreparedStatement kept = server.keeps(SQL, ID, INT4);
        Enqueueing doubted = enqueueing(LARGE);
        server.isAsked(doubted, ASK, DESCRIBE, Command.FLUSH);
        server.says(described(INT4));
        server.fails(DataException.class, doubted);
        assertSame(kept, server.dispatch().preparation().known(SQL));
        PipelineSync sync = sync();
        server.isAsked(sync, Command.SYNC);
        server.says(READY);
        server.ends(sync);
        queue.throwUntold();
    }

    @Test
    void whatCannotBeQueuedIsRefused() {
        server.fails(InterfaceException.class, enqueueing("SELECT 1; SELECT 2", new Object[0]));
        server.fails(NotSupportedException.class, enqueueing("COPY t FROM STDIN", new Object[0]));
        server.fails(InterfaceException.class, enqueueing(new Object[65_536]));
        assertFalse(queue.isBegun());
    }

    @Test
    void behindAStatementThatFailsTheOthersAreSkipped() {
        server.keeps(SQL, ID, INT4);
        Results one = queued(1);
        Results two = queued(2);
        PipelineSync sync = sync();
        Backend.drive(sync);
        server.heard();
        server.says(error("22012", "division by zero"), READY);
        server.ends(sync);
        assertEquals("22012", ((DatabaseException) one.failure()).sqlState());
        assertTrue(two.failure() instanceof PipelineAbortedException);
        assertSame(one.failure(), assertThrows(DatabaseException.class, queue::throwUntold));
        queue.throwUntold();
    }

    @Test
    void aStatementThatCannotBeDescribedFailsWithTheSegment() {
        Enqueueing refused = enqueueing(7);
        server.isAsked(refused, ASK, DESCRIBE, Command.FLUSH);
        server.says(error("42P01", "no such table"));
        Results results = server.ends(refused);
        PipelineSync sync = sync();
        server.isAsked(sync, Command.SYNC);
        server.says(READY);
        server.ends(sync);
        assertEquals("42P01", ((DatabaseException) results.failure()).sqlState());
    }

    @Test
    void whatWasQueuedIsLostWithTheConnection() {
        server.keeps(SQL, ID, INT4);
        Results one = queued(1);
        PipelineSync sync = sync();
        Backend.drive(sync);
        server.heard();
        server.leaves();
        server.ends(sync);
        assertTrue(one.failure() instanceof ConnectionFailureException);
        assertThrows(ConnectionFailureException.class, queue::throwUntold);
    }

    @Test
    void aDescriptionIsLostWithTheConnection() {
        Enqueueing lost = enqueueing(7);
        server.isAsked(lost, ASK, DESCRIBE, Command.FLUSH);
        server.leaves();
        Results results = server.ends(lost);
        server.ends(sync());
        assertTrue(results.isDone());
        assertTrue(results.failure() instanceof ConnectionFailureException);
    }

    @Test
    void aSyncThatIsRefusedFailsAllThatIsQueued() {
        server.keeps(SQL, ID, INT4);
        Results one = queued(1);
        server.gate().refuse();
        server.fails(QueryCanceledException.class, sync());
        assertFalse(queue.isBegun());
        assertTrue(one.isDone());
        assertSame(OneGate.UNWANTED, one.failure());
    }

    @Test
    void aDescriptionThatIsRefusedFailsAllThatIsQueued() {
        server.keeps("SELECT 1", ID);
        Results one = server.ends(enqueueing("SELECT 1", new Object[0]));
        server.gate().refuse();
        server.fails(QueryCanceledException.class, enqueueing(7));
        assertFalse(queue.isBegun());
        assertTrue(one.isDone());
        assertSame(OneGate.UNWANTED, server.fails(QueryCanceledException.class, read(one)));
    }

    @Test
    void aPartThatIsRefusedFailsAllThatIsQueued() {
        server.keeps(SQL, columns("text", TEXT), TEXT);
        Results one = queued("x");
        server.gate().refuse();
        server.fails(QueryCanceledException.class, enqueueing(WIDE));
        assertFalse(queue.isBegun());
        assertTrue(one.isDone());
        assertSame(OneGate.UNWANTED, one.failure());
    }

    @Test
    void whatIsHeldBackGoesOnWhenItMay() {
        server.keeps(SQL, ID, INT4);
        queued(1);
        server.gate().raise();
        PipelineSync sync = sync();
        assertFalse(Backend.drive(sync));
        assertFalse(sync.isSent());
        assertFalse(sync.getAsBoolean());
        server.gets();
        server.gate().lower();
        assertTrue(sync.getAsBoolean());
        server.isAsked(sync, bind(1, true, 1), EXECUTE, Command.SYNC);
    }

    @Test
    void whatWasNotSentIsDroppedWithoutAWord() {
        server.keeps(SQL, ID, INT4);
        Results one = queued(1);
        server.ends(drop());
        assertTrue(one.isDone());
        assertEquals("dropped", ((InterfaceException) one.failure()).getMessage());
        assertEquals(
                "dropped",
                assertThrows(InterfaceException.class, queue::throwUntold).getMessage());
        assertFalse(queue.isBegun());
    }

    @Test
    void whatWasSentInPartIsDroppedByAFailure() {
        server.keeps("SELECT 1", ID);
        Results one = server.ends(enqueueing("SELECT 1", new Object[0]));
        Enqueueing next = enqueueing(7);
        Backend.drive(next);
        server.heard();
        server.says(oneRow(1));
        server.says(described(INT4));
        Results two = server.ends(next);
        PipelineDrop drop = drop();
        server.isAsked(drop, Segment.FAIL, Command.SYNC);
        server.says(error("34000", "no such portal"), READY);
        server.ends(drop);
        assertTrue(one.isDone());
        assertTrue(two.isDone());
        assertTrue(two.failure() instanceof InterfaceException);
    }

    @Test
    void aDropEndsWithTheConnection() {
        server.keeps(SQL, columns("text", TEXT), TEXT);
        Enqueueing wide = enqueueing(WIDE);
        Backend.drive(wide);
        server.heard();
        PipelineDrop drop = drop();
        server.isAsked(drop, Segment.FAIL, Command.SYNC);
        server.leaves();
        server.ends(drop);
    }

    @Test
    void aPortalThatWasDescribedComesInBinary() {
        Results once = server.ends(describedFirst());
        PipelineSync sync = sync();
        server.isAsked(sync, bindUnnamed(true, 7), EXECUTE, Command.SYNC);
        server.says(oneRow(7));
        server.says(READY);
        server.ends(sync);
        assertEquals(List.of("(7,)"), server.rows(once));
        Results again = queued(8);
        PipelineSync second = sync();
        server.isAsked(
                second,
                new Parse("pgwire_1", SQL, new int[] {INT4}),
                new Bind(
                        "",
                        "pgwire_1",
                        bindUnnamed(true, 8).parameterFormats(),
                        bindUnnamed(true, 8).values(),
                        bindUnnamed(true, 8).resultFormats()),
                new Describe(Target.PORTAL, ""),
                EXECUTE,
                Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, inBinary(ID), row(8), done("SELECT 1"), READY);
        server.ends(second);
        assertEquals(List.of("(8,)"), server.rows(again));
    }

    private Enqueueing describedFirst() {
        Enqueueing first = enqueueing(7);
        server.isAsked(first, ASK, DESCRIBE, Command.FLUSH);
        server.says(described(INT4));
        return first;
    }
}
