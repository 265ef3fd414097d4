package dev.pgwire.internal.exchange;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.bytes;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.Signal;
import org.junit.jupiter.api.Test;

class InsertExchangeTest {
    private final Conversation conversation = new Conversation(new RecordedEvents());
    private final Results results = new Results();

    private InsertExchange begin(Result result, int executions) {
        InsertExchange insert = new InsertExchange("INSERT", results, result, new AsDescribed());
        insert.expectExecutions(executions);
        insert.expectSync();
        conversation.add(insert);
        return insert;
    }

    private void rowOf(int value) {
        byte[] frame = bytes(row(value));
        conversation.rows(frame, 0, frame.length);
    }

    @Test
    void allExecutionsAreCountedInOneResult() {
        Result result = new Result(null);
        InsertExchange insert = begin(result, 3);
        for (int rows : new int[] {1, 0, 100}) {
            conversation.receive(Signal.BIND_COMPLETE);
            conversation.receive(done("INSERT 0 " + rows));
            assertFalse(insert.isDone());
        }
        conversation.receive(READY);
        assertTrue(insert.isDone());
        assertEquals(101, result.rowCount());
        assertEquals("INSERT 0 101", result.tag());
        assertFalse(results.hasNext());
    }

    @Test
    void theRowsOfAllExecutionsAreOneResultInOrder() {
        Result result = new Result(new RowPlanner(TypeRegistry.builtin()).asDescribed(columns("id", INT4)));
        begin(result, 3);
        for (int i = 0; i < 3; i++) {
            conversation.receive(Signal.BIND_COMPLETE);
            if (i == 0) {
                conversation.receive(columns("id", INT4));
            }
            rowOf(2 * i);
            rowOf(2 * i + 1);
            conversation.receive(done("INSERT 0 2"));
            assertFalse(result.isComplete());
        }
        conversation.receive(READY);
        int rows = 0;
        for (RowPage page = result.poll(); page != null; page = result.poll()) {
            rows += page.size();
        }
        assertEquals(6, rows);
        assertEquals(6, result.rowCount());
        assertFalse(results.hasNext());
    }

    @Test
    void rowsBeforeTheirDescriptionAreAViolation() {
        begin(new Result(new RowPlanner(TypeRegistry.builtin()).asDescribed(columns("id", INT4))), 1);
        conversation.receive(Signal.BIND_COMPLETE);
        assertThrows(ProtocolViolation.class, () -> rowOf(1));
        conversation.receive(columns("id", INT4));
        rowOf(1);
        assertThrows(ProtocolViolation.class, () -> conversation.receive(columns("id", INT4)));
    }

    @Test
    void nothingExecutedInsertsNothing() {
        Result result = new Result(null);
        begin(result, 0);
        conversation.receive(READY);
        assertEquals(0, result.rowCount());
        assertEquals("INSERT 0 0", result.tag());
    }

    @Test
    void anErrorIsKeptUntilTheServerIsReady() {
        InsertExchange insert = begin(new Result(null), 1);
        conversation.receive(Signal.BIND_COMPLETE);
        conversation.receive(error("23505", "duplicate"));
        assertFalse(insert.isDone());
        assertInstanceOf(UniqueViolationException.class, insert.failure());
        conversation.receive(READY);
        assertTrue(insert.isDone());
    }

    @Test
    void rowsThatNobodyAskedForAreAViolation() {
        begin(new Result(null), 1);
        assertThrows(ProtocolViolation.class, () -> rowOf(1));
        conversation.receive(Signal.BIND_COMPLETE);
        assertThrows(ProtocolViolation.class, () -> rowOf(1));
        assertThrows(ProtocolViolation.class, () -> conversation.receive(READY));
    }

    @Test
    void aFailureNamesItsRow() {
        InsertExchange insert = begin(new Result(null), 3);
        insert.places().expect(3, 1, true);
        conversation.receive(Signal.BIND_COMPLETE);
        conversation.receive(done("INSERT 0 1"));
        conversation.receive(Signal.BIND_COMPLETE);
        conversation.receive(error("23505", "duplicate"));
        UniqueViolationException failure = assertInstanceOf(UniqueViolationException.class, insert.failure());
        assertEquals("row 1 of insertMany", failure.place());
        assertTrue(String.valueOf(failure.getMessage()).endsWith("IN: row 1 of insertMany"), failure.getMessage());
        conversation.receive(READY);
    }
}
