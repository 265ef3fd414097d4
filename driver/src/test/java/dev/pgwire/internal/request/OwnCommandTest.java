package dev.pgwire.internal.request;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.fixture.Play;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Query;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Of OwnCommand, BeginNow and SimpleQuery, which are one Query each. */
class OwnCommandTest {
    private final Backend server = new Backend();

    @AfterEach
    void close() {
        server.close();
    }

    private SimpleQuery simple(String sql) {
        return new SimpleQuery(server.dispatch(), sql, SqlShape.of(sql, false));
    }

    @TestFactory
    Stream<DynamicTest> oneCommand() {
        return Play.of(server -> OwnCommand.of(server.dispatch(), "COMMIT"))
                .sends(new Query("COMMIT"))
                .isTold(done("COMMIT"), READY)
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> aBegin() {
        return Play.of(server -> {
                    server.dispatch().due().once("BEGIN");
                    return new BeginNow(server.dispatch());
                })
                .sends(new Query("BEGIN"))
                .isTold(done("BEGIN"), IN_TRANSACTION)
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> aSimpleQuery() {
        return Play.of(server -> new SimpleQuery(server.dispatch(), "SELECT 1", SqlShape.of("SELECT 1", false)))
                .sends(new Query("SELECT 1"))
                .isTold(columns("a", INT4), row("1"), done("SELECT 1"), READY)
                .phases();
    }

    @Test
    void ofACommandNoRowsAreKept() {
        OwnCommand command = OwnCommand.of(server.dispatch(), "SHOW all");
        server.isAsked(command, new Query("SHOW all"));
        server.says(columns("a", INT4), row("1"), done("SHOW"), READY);
        assertEquals(List.of(), server.rows(server.ends(command)));
    }

    @Test
    void ofSeveralCommandsTheRowsAreKept() {
        OwnCommand commands = OwnCommand.several(server.dispatch(), "DISCARD ALL; SELECT 1");
        server.isAsked(commands, new Query("DISCARD ALL; SELECT 1"));
        server.says(columns("a", INT4), row("1"), done("SELECT 1"), READY);
        assertEquals(List.of("(1,)"), server.rows(server.ends(commands)));
    }

    @Test
    void whereNoBeginIsDueNothingIsSent() {
        assertNull(server.ends(new BeginNow(server.dispatch())));
        server.dispatch().due().always("BEGIN");
        server.in(TransactionStatus.IN_TRANSACTION);
        assertNull(server.ends(new BeginNow(server.dispatch())));
    }

    @Test
    void aBeginThatFailsStaysDue() {
        server.dispatch().due().once("BEGIN");
        BeginNow begin = new BeginNow(server.dispatch());
        server.isAsked(begin, new Query("BEGIN"));
        server.says(error("25006", "not now"), READY);
        assertEquals("25006", server.fails(DatabaseException.class, begin).sqlState());
        assertTrue(server.dispatch().due().isOnce());
    }

    @Test
    void aBeginThatWasSentIsDueNoMore() {
        server.dispatch().due().once("BEGIN");
        BeginNow begin = new BeginNow(server.dispatch());
        server.isAsked(begin, new Query("BEGIN"));
        server.says(done("BEGIN"), IN_TRANSACTION);
        server.ends(begin);
        assertFalse(server.dispatch().due().isOnce());
    }

    @Test
    void aSimpleQueryWritesNoMoreOnceItIsSent() {
        server.dispatch().due().once("BEGIN");
        SimpleQuery query = simple("SELECT 1; SELECT 2");
        server.isAsked(query, new Query("BEGIN"));
        assertTrue(query.isWriting());
        server.says(done("BEGIN"), IN_TRANSACTION);
        server.isAsked(query, new Query("SELECT 1; SELECT 2"));
        assertFalse(query.isWriting());
    }

    @Test
    void aSimpleQueryBehindABeginThatFailsIsNotSent() {
        server.dispatch().due().once("BEGIN");
        SimpleQuery query = simple("SELECT 1; SELECT 2");
        server.isAsked(query, new Query("BEGIN"));
        server.says(error("25006", "not now"), READY);
        server.fails(DatabaseException.class, query);
    }

    @Test
    void ofManyStatementsTheFirstResultsAreEnough() {
        SimpleQuery query = simple("SELECT 1; SELECT 2");
        server.isAsked(query, new Query("SELECT 1; SELECT 2"));
        server.says(columns("a", INT4), row("1".repeat(70_000)));
        assertFalse(server.ends(query).isDone());
    }
}
