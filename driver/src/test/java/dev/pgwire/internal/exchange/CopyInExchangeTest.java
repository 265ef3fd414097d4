package dev.pgwire.internal.exchange;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.Signal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyInExchangeTest {
    private static final CopyInResponse RESPONSE = new CopyInResponse(Format.BINARY, List.of(Format.BINARY));

    private final Conversation conversation = new Conversation(new RecordedEvents());
    private final Results results = new Results();
    private final Result result = new Result(null);
    private final CopyInExchange copy = new CopyInExchange("COPY t", "t", result, 1);
    private final InsertExchange insert = new InsertExchange("INSERT", results, result, new AsDescribed());

    @BeforeEach
    void queue() {
        insert.expectSync();
        conversation.add(copy);
        conversation.add(insert);
    }

    private void begun() {
        conversation.receive(Signal.PARSE_COMPLETE);
        conversation.receive(Signal.BIND_COMPLETE);
        assertFalse(copy.isAskedForData());
        conversation.receive(RESPONSE);
        assertTrue(copy.isAskedForData());
    }

    @Test
    void aCopyIsAskedForItsDataAndCountsIt() {
        begun();
        conversation.receive(notice("hm"));
        conversation.receive(done("COPY 3"));
        conversation.receive(READY);
        assertTrue(insert.isDone());
        assertNull(insert.failure());
        assertEquals(3, result.rowCount());
        assertEquals("COPY 3", result.tag());
        assertFalse(results.hasNext());
    }

    @Test
    void insertsMayFollowInTheSameSegment() {
        insert.expectExecutions(2);
        begun();
        conversation.receive(done("COPY 3"));
        conversation.receive(Signal.BIND_COMPLETE);
        conversation.receive(done("INSERT 0 1"));
        conversation.receive(Signal.BIND_COMPLETE);
        conversation.receive(done("INSERT 0 1"));
        conversation.receive(READY);
        assertEquals(5, result.rowCount());
        assertTrue(result.isComplete());
    }

    @Test
    void anErrorFailsTheSegment() {
        begun();
        conversation.receive(error("23505", "duplicate"));
        DatabaseException failure = assertInstanceOf(UniqueViolationException.class, insert.failure());
        assertEquals("COPY t", failure.sql());
        assertFalse(insert.isDone());
        conversation.receive(READY);
        assertTrue(insert.isDone());
    }

    @Test
    void anErrorInPlaceOfTheRequestForDataFailsTheSegment() {
        conversation.receive(error("42501", "permission denied"));
        assertFalse(copy.isAskedForData());
        conversation.receive(READY);
        assertTrue(insert.isDone());
        assertInstanceOf(DatabaseException.class, insert.failure());
    }

    @Test
    void theLossOfTheConnectionEndsIt() {
        begun();
        conversation.end(new ConnectionFailureException("lost", null));
        assertTrue(insert.isDone());
        assertInstanceOf(ConnectionFailureException.class, insert.failure());
    }

    @Test
    void aServerThatWantsTextIsNotGivenBinary() {
        conversation.receive(Signal.PARSE_COMPLETE);
        conversation.receive(Signal.BIND_COMPLETE);
        String message = assertThrows(
                        ProtocolViolation.class,
                        () -> conversation.receive(new CopyInResponse(Format.TEXT, List.of(Format.TEXT))))
                .getMessage();
        assertTrue(message.contains("TEXT") && message.contains("BINARY"), message);
    }

    @Test
    void aServerThatWantsOtherColumnsIsNotGivenThese() {
        conversation.receive(Signal.PARSE_COMPLETE);
        conversation.receive(Signal.BIND_COMPLETE);
        assertThrows(
                ProtocolViolation.class,
                () -> conversation.receive(new CopyInResponse(Format.BINARY, List.of(Format.BINARY, Format.BINARY))));
    }
}
