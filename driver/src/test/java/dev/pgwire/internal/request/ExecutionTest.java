package dev.pgwire.internal.request;

import static dev.pgwire.fixture.Flow.bind;
import static dev.pgwire.fixture.Flow.bindUnnamed;
import static dev.pgwire.fixture.Flow.inBinary;
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
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.fixture.Backend;
import dev.pgwire.fixture.Play;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExecutionTest {
    private static final String SQL = "SELECT id FROM t WHERE id = $1";
    private static final RowDescription ID = columns("id", INT4);
    /** No int4 takes it. */
    private static final long LARGE = 1L << 40;

    private static final int[] INT4S = {INT4};
    private static final Parse ASK = new Parse("", SQL, new int[0]);
    private static final Describe DESCRIBE_STATEMENT = new Describe(Target.STATEMENT, "");
    private static final Describe DESCRIBE_PORTAL = new Describe(Target.PORTAL, "");
    private static final Execute EXECUTE = new Execute("", 0);
    private static final Bind BIND_NOTHING = new Bind("", "", List.of(), List.of(), List.of());

    private final Backend server = new Backend();

    @AfterEach
    void close() {
        server.close();
    }

    private Execution execution(Object... values) {
        return execution(server, values);
    }

    private static Execution execution(Backend server, Object... values) {
        return new Execution(server.dispatch(), SQL, values);
    }

    private static BackendMessage[] described(int type) {
        return new BackendMessage[] {Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {type}), ID, READY};
    }

    private static BackendMessage[] oneRow() {
        return new BackendMessage[] {Signal.BIND_COMPLETE, row(7), done("SELECT 1"), READY};
    }

    private static ErrorResponse lost(PreparedStatement statement) {
        return error(
                SqlState.INVALID_SQL_STATEMENT_NAME, "prepared statement \"" + statement.name() + "\" does not exist");
    }

    @TestFactory
    Stream<DynamicTest> aKeptStatement() {
        return Play.of(server -> {
                    server.keeps(SQL, ID, INT4);
                    return execution(server, 7);
                })
                .sends(bind(1, true, 7), EXECUTE, Command.SYNC)
                .isTold(oneRow())
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> aStatementThatIsNew() {
        return Play.of(server -> execution(server, 7))
                .sends(ASK, DESCRIBE_STATEMENT, Command.SYNC)
                .isTold(described(INT4))
                .sends(new Parse("", SQL, INT4S), bindUnnamed(true, 7), DESCRIBE_PORTAL, EXECUTE, Command.SYNC)
                .isTold(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, inBinary(ID), row(7), done("SELECT 1"), READY)
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> aStatementThatIsNotWorthIt() {
        return Play.of(server -> new Execution(server.dispatch(), "CREATE TABLE t (id int)", new Object[0]))
                .sends(
                        new Parse("", "CREATE TABLE t (id int)", new int[0]),
                        BIND_NOTHING,
                        DESCRIBE_PORTAL,
                        EXECUTE,
                        Command.SYNC)
                .isTold(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Signal.NO_DATA, done("CREATE TABLE"), READY)
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> severalStatementsBehindABeginThatIsDue() {
        return Play.of(server -> {
                    server.dispatch().due().once("BEGIN");
                    return new Execution(server.dispatch(), "SELECT 1; SELECT 2", new Object[0]);
                })
                .sends(new Query("BEGIN"))
                .isTold(done("BEGIN"), IN_TRANSACTION)
                .sends(new Query("SELECT 1; SELECT 2"))
                .isTold(columns("a", INT4), row("1"), done("SELECT 1"))
                .isTold(columns("a", INT4), row("2"), done("SELECT 1"), IN_TRANSACTION)
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> aStatementWhoseParametersAreOthersNow() {
        return Play.of(server -> {
                    server.keeps(SQL, ID, INT4);
                    return execution(server, LARGE);
                })
                .sends(ASK, DESCRIBE_STATEMENT, Command.SYNC)
                .isTold(described(INT8))
                .sends(
                        new dev.pgwire.protocol.frontend.Close(Target.STATEMENT, "pgwire_1"),
                        new Parse("", SQL, new int[] {INT8}),
                        bindUnnamed(true, LARGE),
                        DESCRIBE_PORTAL,
                        EXECUTE,
                        Command.SYNC)
                .isTold(Signal.CLOSE_COMPLETE, Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, inBinary(ID))
                .isTold(done("SELECT 0"), READY)
                .phases();
    }

    @Test
    void rowsAreThereWhenItIsOver() {
        server.keeps(SQL, ID, INT4);
        Execution execution = execution(7);
        assertTrue(execution.isWriting());
        server.isAsked(execution, bind(1, true, 7), EXECUTE, Command.SYNC);
        assertFalse(execution.isWriting());
        server.says(Signal.BIND_COMPLETE, row(7), row(8));
        server.isWaitedFor(execution);
        server.says(done("SELECT 2"), READY);
        assertEquals(List.of("(7,)", "(8,)"), server.rows(server.ends(execution)));
    }

    @Test
    void itMayStillWriteUntilItsStatementIsSent() {
        Execution execution = execution(7);
        server.isAsked(execution, ASK, DESCRIBE_STATEMENT, Command.SYNC);
        assertTrue(execution.isWriting());
        server.says(described(INT4));
        server.gate().raise();
        Backend.drive(execution);
        assertTrue(execution.isWriting());
        server.gate().lower();
        Backend.drive(execution);
        assertFalse(execution.isWriting());
    }

    @Test
    void aLargeResultIsNotWaitedFor() {
        server.keeps(SQL, columns("text", TEXT), INT4);
        Execution execution = execution(7);
        server.isAsked(execution, bind(1, true, 7), EXECUTE, Command.SYNC);
        server.says(Signal.BIND_COMPLETE, row("x".repeat(70_000)));
        assertFalse(server.ends(execution).isDone());
    }

    @Test
    void aValueThatNoTypeTakesIsRefusedBeforeAnythingIsSent() {
        server.keeps(SQL, columns("text", TEXT), TEXT);
        assertEquals(
                SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                server.fails(DataException.class, execution("\0")).sqlState());
    }

    @Test
    void aValueThatIsRefusedIsRefusedForGoodIfTheParametersAreWhatTheyWere() {
        PreparedStatement kept = server.keeps(SQL, ID, INT4);
        Execution execution = execution(LARGE);
        server.isAsked(execution, ASK, DESCRIBE_STATEMENT, Command.SYNC);
        server.says(described(INT4));
        server.fails(DataException.class, execution);
        assertEquals(kept, server.dispatch().preparation().known(SQL));
    }

    @Test
    void inAFailedTransactionNothingIsAskedAboutAValueThatIsRefused() {
        server.keeps(SQL, ID, INT4);
        server.in(TransactionStatus.FAILED);
        server.fails(DataException.class, execution(LARGE));
    }

    @Test
    void aValueThatANewStatementDoesNotTakeLeavesNoTransaction() {
        server.dispatch().due().once("BEGIN");
        Execution execution = execution(LARGE);
        server.isAsked(execution, ASK, DESCRIBE_STATEMENT, Command.SYNC);
        server.says(described(INT4));
        server.fails(DataException.class, execution);
        assertTrue(server.dispatch().due().isOnce());
    }

    @Test
    void moreValuesThanTheProtocolCountsAreRefused() {
        server.fails(InterfaceException.class, execution(new Object[65_536]));
    }

    @Test
    void aTextWithHalfACharacterIsRefused() {
        server.fails(DataException.class, new Execution(server.dispatch(), "SELECT '\ud800'", new Object[0]));
        server.fails(DataException.class, new Execution(server.dispatch(), "SELECT 1; SELECT '\0'", new Object[0]));
    }

    @Test
    void aBeginThatIsDueRidesWithTheStatement() {
        server.keeps(SQL, ID, INT4);
        server.dispatch().due().once("BEGIN");
        Execution execution = execution(7);
        server.isAsked(
                execution,
                new Parse("", "BEGIN", new int[0]),
                BIND_NOTHING,
                DESCRIBE_PORTAL,
                EXECUTE,
                bind(1, true, 7),
                EXECUTE,
                Command.SYNC);
        assertFalse(server.dispatch().due().isOnce());
        assertEquals(Flight.BEGIN_AND_STATEMENT, server.dispatch().flight());
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Signal.NO_DATA, done("BEGIN"));
        server.says(Signal.BIND_COMPLETE, row(7), done("SELECT 1"), IN_TRANSACTION);
        assertNull(server.ends(execution).failure());
    }

    @Test
    void aBeginThatWasNotSentStaysDue() {
        server.keeps(SQL, ID, INT4);
        server.dispatch().due().once("BEGIN");
        server.gate().refuse();
        server.fails(QueryCanceledException.class, execution(7));
        assertTrue(server.dispatch().due().isOnce());
    }

    @Test
    void aNewStatementThatTheServerRefusesIsRefusedOnceMoreBehindTheBegin() {
        server.dispatch().due().once("BEGIN");
        Execution execution = execution(7);
        server.isAsked(execution, ASK, DESCRIBE_STATEMENT, Command.SYNC);
        server.says(error("42P01", "no such table"), READY);
        server.isAsked(
                execution,
                new Parse("", "BEGIN", new int[0]),
                BIND_NOTHING,
                DESCRIBE_PORTAL,
                EXECUTE,
                ASK,
                DESCRIBE_STATEMENT,
                Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Signal.NO_DATA, done("BEGIN"));
        server.says(error("42P01", "no such table"), FAILED);
        assertEquals("42P01", server.fails(DatabaseException.class, execution).sqlState());
        assertFalse(server.dispatch().due().isOnce());
    }

    @Test
    void aStatementThatTheServerHasLostIsRunOnceMoreWhereThatLosesNothing() {
        PreparedStatement kept = server.keeps(SQL, ID, INT4);
        Execution execution = execution(7);
        server.isAsked(execution, bind(1, true, 7), EXECUTE, Command.SYNC);
        server.says(lost(kept), READY);
        server.isAsked(
                execution, new Parse("", SQL, INT4S), bindUnnamed(true, 7), DESCRIBE_PORTAL, EXECUTE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, inBinary(ID), row(7), done("SELECT 1"), READY);
        Results results = server.ends(execution);
        assertNull(results.failure());
        assertEquals(List.of("(7,)"), server.rows(results));
    }

    @Test
    void inATransactionAStatementThatTheServerHasLostFails() {
        PreparedStatement kept = server.keeps(SQL, ID, INT4);
        server.in(TransactionStatus.IN_TRANSACTION);
        Execution execution = execution(7);
        server.isAsked(execution, bind(1, true, 7), EXECUTE, Command.SYNC);
        server.says(lost(kept), FAILED);
        assertEquals(
                SqlState.INVALID_SQL_STATEMENT_NAME,
                ((DatabaseException) server.ends(execution).failure()).sqlState());
    }

    @Test
    void aTransactionOfWhichNothingButItsBeginHasHappenedIsBegunAnew() {
        server.keeps(SQL, ID, INT4);
        server.dispatch().due().once("BEGIN");
        Execution execution = execution(7);
        assertFalse(Backend.drive(execution));
        server.heard();
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Signal.NO_DATA, done("BEGIN"));
        server.says(error(SqlState.FEATURE_NOT_SUPPORTED, "changed", 'R', "RevalidateCachedQuery"), FAILED);
        server.isAsked(execution, new Query("ROLLBACK"));
        server.says(done("ROLLBACK"), READY);
        server.isAsked(
                execution,
                new dev.pgwire.protocol.frontend.Close(Target.STATEMENT, "pgwire_1"),
                ASK,
                DESCRIBE_STATEMENT,
                Command.SYNC);
        server.says(Signal.CLOSE_COMPLETE);
        server.says(described(INT4));
        server.isAsked(
                execution,
                new Parse("", "BEGIN", new int[0]),
                BIND_NOTHING,
                DESCRIBE_PORTAL,
                EXECUTE,
                new Parse("", SQL, INT4S),
                bindUnnamed(true, 7),
                DESCRIBE_PORTAL,
                EXECUTE,
                Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Signal.NO_DATA, done("BEGIN"));
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, inBinary(ID), done("SELECT 0"), IN_TRANSACTION);
        assertNull(server.ends(execution).failure());
    }

    @Test
    void aValueThatIsRefusedInTheRepeatFailsIt() {
        server.keeps(SQL, ID, INT4);
        Execution execution = execution(7);
        assertFalse(Backend.drive(execution));
        server.heard();
        server.says(error(SqlState.FEATURE_NOT_SUPPORTED, "changed", 'R', "RevalidateCachedQuery"), READY);
        assertFalse(Backend.drive(execution));
        server.heard();
        server.says(Signal.CLOSE_COMPLETE, Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {17}), ID, READY);
        server.fails(DataException.class, execution);
    }

    @Test
    void whatFailsInTheRepeatIsNotRepeatedAgain() {
        PreparedStatement kept = server.keeps(SQL, ID, INT4);
        Execution execution = execution(7);
        assertFalse(Backend.drive(execution));
        server.says(lost(kept), READY);
        assertFalse(Backend.drive(execution));
        server.heard();
        server.says(lost(kept), READY);
        assertTrue(server.ends(execution).failure() instanceof DatabaseException);
    }

    @Test
    void aStatementThatWasCancelledInsteadOfAnotherIsRunAgain() {
        server.keeps(SQL, ID, INT4);
        Execution execution = execution(7);
        server.isAsked(execution, bind(1, true, 7), EXECUTE, Command.SYNC);
        server.gate().mistake();
        server.says(error(SqlState.QUERY_CANCELED, "canceling statement due to user request"), READY);
        server.isAsked(execution, bind(1, true, 7), EXECUTE, Command.SYNC);
        server.says(oneRow());
        assertEquals(List.of("(7,)"), server.rows(server.ends(execution)));
    }

    @Test
    void soIsOneThatIsNotPrepared() {
        String update = "UPDATE t SET id = 1";
        Execution execution = new Execution(server.dispatch(), update, new Object[0]);
        Parse parse = new Parse("", update, new int[0]);
        server.isAsked(execution, parse, BIND_NOTHING, DESCRIBE_PORTAL, EXECUTE, Command.SYNC);
        assertEquals(Flight.STATEMENT, server.dispatch().flight());
        server.gate().mistake();
        server.says(error(SqlState.QUERY_CANCELED, "canceling statement due to user request"), READY);
        server.isAsked(execution, parse, BIND_NOTHING, DESCRIBE_PORTAL, EXECUTE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Signal.NO_DATA, done("UPDATE 1"), READY);
        assertNull(server.ends(execution).failure());
    }
}
