package dev.pgwire;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.error.SyntaxErrorException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import dev.pgwire.testkit.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a pipeline sends, message by message. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineTest {
    private static final String SELECT = "SELECT id FROM t WHERE id = $1";
    private static final String INSERT = "INSERT INTO t VALUES ($1)";
    private static final RowDescription ID = columns("id", INT4);
    private static final Execute EXECUTE = new Execute("", 0);

    private static Flow prepared() {
        return Flow.greeted().kept(1, SELECT, ID, INT4).kept(2, INSERT, Signal.NO_DATA, TEXT);
    }

    private static void prepare(Connection connection) {
        Flow.keep(connection, SELECT);
        Flow.keep(connection, INSERT);
    }

    @Test
    void knownStatementsGoInOneWriteAndAreAnsweredInOrder() {
        Flow flow = prepared()
                .expect(Flow.bind(1, true, 1), EXECUTE, Flow.bind(2, false, "b"), EXECUTE)
                .unprepared("SET a.x")
                .expect(Flow.bind(1, true, 2), EXECUTE, Command.SYNC)
                .send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), Signal.BIND_COMPLETE, done("INSERT 0 1"))
                .send(Flow.unpreparedAnswer("SET"))
                .send(Signal.BIND_COMPLETE, row(2), done("SELECT 1"), READY);
        flow.play(connection -> {
            prepare(connection);
            try (Pipeline pipeline = connection.pipeline()) {
                Cursor first = pipeline.execute(SELECT, 1);
                Cursor second = pipeline.execute("INSERT INTO t VALUES (:a)", Map.of("a", "b"));
                Cursor third = pipeline.execute("SET a.x");
                Cursor fourth = pipeline.execute(SELECT, 2);
                pipeline.sync();
                pipeline.sync();
                assertEquals("(2,)", String.valueOf(fourth.fetchOne()));
                assertEquals("(1,)", String.valueOf(first.fetchOne()));
                assertEquals(1, second.rowCount());
                assertNull(second.description());
                assertEquals("SET", third.statusMessage());
                assertFalse(fourth.nextSet());
            }
        });
    }

    @Test
    void aNewStatementIsDescribedBehindWhatIsQueuedWithoutASync() {
        Flow flow = Flow.greeted().unprepared("SET a.x");
        flow.expectDescribeInSegment(0, SELECT)
                .send(Flow.unpreparedAnswer("SET"))
                .send(Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {INT4}), ID)
                .expect(Flow.bindUnnamed(true, 1), EXECUTE)
                .expect(new Parse("pgwire_1", SELECT, new int[] {INT4}), Flow.bind(1, true, 2))
                .expect(new Describe(Target.PORTAL, ""), EXECUTE, Flow.bind(1, true, 3))
                .expect(new Describe(Target.PORTAL, ""), EXECUTE, Command.SYNC)
                .send(Signal.BIND_COMPLETE, done("SELECT 0"))
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Flow.inBinary(ID), row(2), done("SELECT 1"))
                .send(Signal.BIND_COMPLETE, Flow.inBinary(ID), row(3), done("SELECT 1"), READY)
                .run(1, true, 4)
                .send(Signal.BIND_COMPLETE, row(4), done("SELECT 1"), READY);
        flow.play(connection -> {
            try (Pipeline pipeline = connection.pipeline()) {
                Cursor set = pipeline.execute("SET a.x");
                Cursor none = pipeline.execute(SELECT, 1);
                Cursor two = pipeline.execute(SELECT, 2);
                Cursor three = pipeline.execute(SELECT, 3);
                assertEquals("[(2,)]", two.fetchAll().toString());
                assertEquals("[(3,)]", three.fetchAll().toString());
                assertEquals("[]", none.fetchAll().toString());
                assertEquals("[(4,)]", pipeline.execute(SELECT, 4).fetchAll().toString());
                assertEquals("SET", set.statusMessage());
            }
        });
    }

    @Test
    void theDueBeginGoesFirstAndOnlyOnce() {
        Flow flow = Flow.greeted()
                .unprepared("BEGIN")
                .unprepared("SET a.x")
                .unprepared("SET a.y")
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("BEGIN"))
                .send(Flow.unpreparedAnswer("SET"))
                .send(Flow.unpreparedAnswer("SET"))
                .send(IN_TRANSACTION)
                .utility("SET a.z", IN_TRANSACTION)
                .query("COMMIT", done("COMMIT"), READY);
        flow.play(connection -> {
            connection.autocommit(false);
            try (Pipeline pipeline = connection.pipeline()) {
                pipeline.execute("SET a.x");
                pipeline.execute("SET a.y");
                pipeline.sync();
                pipeline.execute("SET a.z");
            }
            connection.commit();
        });
    }

    /** Also when it is the first one, before which a BEGIN is due. */
    @Test
    void aValueThatCannotBeWrittenCostsNothing() {
        Flow flow = Flow.greeted().kept(1, SELECT, ID, INT4);
        flow.describeInSegment(0, SELECT, ID, INT4).expect(Command.SYNC).send(READY);
        flow.unprepared("BEGIN")
                .expect(Flow.bind(1, true, 7), EXECUTE, Command.SYNC)
                .send(Flow.unpreparedAnswer("BEGIN"))
                .send(Signal.BIND_COMPLETE, row(7), done("SELECT 1"), IN_TRANSACTION)
                .query("ROLLBACK", done("ROLLBACK"), READY);
        flow.play(connection -> {
            Flow.keep(connection, SELECT);
            try (Pipeline pipeline = connection.pipeline()) {
                assertThrows(DataException.class, () -> pipeline.execute(SELECT, 5_000_000_000L));
            }
            connection.autocommit(false);
            try (Pipeline pipeline = connection.pipeline()) {
                assertThrows(DataException.class, () -> pipeline.execute(SELECT, "\0"));
                pipeline.sync();
                assertThrows(InterfaceException.class, () -> pipeline.execute(SELECT, 1, 2));
                assertThrows(InterfaceException.class, () -> pipeline.execute("SELECT 1; SELECT 2"));
                assertThrows(NotSupportedException.class, () -> pipeline.execute("/* */ COPY t TO STDOUT"));
                assertThrows(PgException.class, () -> pipeline.execute("SELECT '\0'"));
                assertThrows(InterfaceException.class, () -> pipeline.execute("SELECT :a", Map.of()));
                Cursor good = pipeline.execute(SELECT, 7);
                assertThrows(DataException.class, () -> pipeline.execute(SELECT, "\0"));
                assertEquals("(7,)", String.valueOf(good.fetchOne()));
            }
            connection.rollback();
        });
    }

    private static Flow secondOfThreeFails() {
        return prepared()
                .expect(Flow.bind(1, true, 1), EXECUTE, Flow.bind(1, true, 2), EXECUTE)
                .unprepared("SET a.x")
                .expect(Command.SYNC)
                .send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), Signal.BIND_COMPLETE)
                .send(error("22012", "division by zero"), READY);
    }

    @Test
    void theFailingStatementIsNamedAndThoseBehindItAreAborted() {
        Flow flow = secondOfThreeFails().utility("SET a.y", READY);
        flow.play(connection -> {
            prepare(connection);
            try (Pipeline pipeline = connection.pipeline()) {
                Cursor good = pipeline.execute(SELECT, 1);
                Cursor bad = pipeline.execute(SELECT, 2);
                Cursor behind = pipeline.execute("SET a.x");
                DivisionByZeroException failure = assertThrows(DivisionByZeroException.class, pipeline::sync);
                assertEquals("statement 2 of the pipeline", failure.place());
                assertEquals(SELECT, failure.sql());
                assertEquals("(1,)", String.valueOf(good.fetchOne()));
                assertSame(failure, assertThrows(PgException.class, bad::fetchOne));
                assertSame(failure, assertThrows(PgException.class, bad::rowCount));
                PgException aborted = assertThrows(PipelineAbortedException.class, behind::statusMessage);
                assertSame(failure, aborted.getCause());
                bad.close();
                behind.close();
                assertEquals("SET", pipeline.execute("SET a.y").statusMessage());
            }
        });
    }

    @Test
    void aFailureThatNobodyWasToldOfIsThrownByClose() {
        secondOfThreeFails().play(connection -> {
            prepare(connection);
            Pipeline pipeline = connection.pipeline();
            Cursor good = pipeline.execute(SELECT, 1);
            pipeline.execute(SELECT, 2);
            pipeline.execute("SET a.x");
            assertEquals("(1,)", String.valueOf(good.fetchOne()));
            assertThrows(DivisionByZeroException.class, pipeline::close);
            pipeline.close();
            assertThrows(InterfaceException.class, () -> pipeline.execute(SELECT, 1));
            assertThrows(InterfaceException.class, pipeline::sync);
        });
    }

    @Test
    void aFailureThatItsCursorHasToldOfIsNotThrownAgain() {
        secondOfThreeFails().play(connection -> {
            prepare(connection);
            try (Pipeline pipeline = connection.pipeline()) {
                pipeline.execute(SELECT, 1);
                Cursor bad = pipeline.execute(SELECT, 2);
                pipeline.execute("SET a.x");
                assertThrows(DivisionByZeroException.class, bad::fetchOne);
            }
        });
    }

    @Test
    void whoeverUsesTheConnectionMeanwhileHasThePipelineSyncedFirst() {
        Flow flow = secondOfThreeFails()
                .utility("SET a.z", READY)
                .run(1, true, 3)
                .send(Signal.BIND_COMPLETE, row(3), done("SELECT 1"), READY);
        flow.play(connection -> {
            prepare(connection);
            Pipeline pipeline = connection.pipeline();
            pipeline.execute(SELECT, 1);
            pipeline.execute(SELECT, 2);
            pipeline.execute("SET a.x");
            assertEquals("SET", connection.execute("SET a.z").statusMessage());
            Cursor later = pipeline.execute(SELECT, 3);
            assertEquals("(3,)", String.valueOf(later.fetchOne()));
            assertThrows(DivisionByZeroException.class, pipeline::sync);
            pipeline.close();
        });
    }

    @Test
    void theSecondPipelineOfAConnectionComesBehindTheFirst() {
        Flow flow =
                Flow.greeted().utility("SET a", READY).utility("SET b", READY).utility("SET c", READY);
        flow.play(connection -> {
            try (Pipeline first = connection.pipeline();
                    Pipeline second = connection.pipeline()) {
                first.execute("SET a");
                second.execute("SET b");
                first.execute("SET c");
            }
        });
    }

    @Test
    void aStatementThatCannotBeParsedFailsAtTheSyncAsAnyOther() {
        Flow flow = Flow.greeted()
                .expectDescribeInSegment(0, "SELECT FROM WHERE")
                .send(error("42601", "syntax error"))
                .unprepared("SET a.x")
                .expect(Command.SYNC)
                .send(READY);
        flow.play(connection -> {
            Pipeline pipeline = connection.pipeline();
            Cursor bad = pipeline.execute("SELECT FROM WHERE");
            Cursor behind = pipeline.execute("SET a.x");
            SyntaxErrorException failure = assertThrows(SyntaxErrorException.class, pipeline::sync);
            assertEquals("statement 1 of the pipeline", failure.place());
            assertSame(failure, assertThrows(PgException.class, bad::description));
            assertThrows(PipelineAbortedException.class, behind::rowCount);
            pipeline.close();
        });
    }

    /** The second new statement is not described any more, since the server skips it. */
    @Test
    void aNewStatementBehindOneThatFailedIsAborted() {
        Flow flow = Flow.greeted().unprepared("SET a.x");
        flow.expectDescribeInSegment(0, SELECT).send(error("22012", "division by zero"));
        flow.expectDescribeInSegment(0, INSERT).expect(Command.SYNC).send(READY);
        flow.play(connection -> {
            Pipeline pipeline = connection.pipeline();
            Cursor bad = pipeline.execute("SET a.x");
            Cursor first = pipeline.execute(SELECT, 1);
            Cursor second = pipeline.execute(INSERT, "a");
            assertThrows(PipelineAbortedException.class, second::statusMessage);
            assertThrows(PipelineAbortedException.class, first::fetchOne);
            assertThrows(DivisionByZeroException.class, bad::statusMessage);
            pipeline.close();
        });
    }

    @Test
    void theFailureOfTheCommitIsThrownBySync() {
        Flow flow = Flow.greeted()
                .unprepared("SET a.x")
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("SET"))
                .send(error("22012", "deferred"), READY);
        flow.play(connection -> {
            try (Pipeline pipeline = connection.pipeline()) {
                Cursor cursor = pipeline.execute("SET a.x");
                assertNull(assertThrows(DivisionByZeroException.class, pipeline::sync)
                        .place());
                assertEquals("SET", cursor.statusMessage());
            }
        });
    }

    @Test
    void everyCursorOfALostPipelineFailsWithTheSameCause() {
        Flow flow = Flow.greeted().unprepared("SET a.x").unprepared("SET a.y").expect(Command.SYNC);
        flow.send(Flow.unpreparedAnswer("SET")).then(Step.close());
        flow.play(connection -> {
            Pipeline pipeline = connection.pipeline();
            Cursor first = pipeline.execute("SET a.x");
            Cursor second = pipeline.execute("SET a.y");
            PgException lost = assertThrows(OperationalException.class, pipeline::sync);
            assertSame(lost, assertThrows(PgException.class, second::statusMessage));
            assertThrows(OperationalException.class, () -> pipeline.execute("SET a.z"));
            pipeline.close();
            assertTrue(connection.isClosed());
            first.close();
        });
    }

    @Test
    void aConnectionThatIsClosedBeforeItsPipelineTakesWhatIsQueuedWithIt() {
        Flow.greeted().play(connection -> {
            Pipeline pipeline = connection.pipeline();
            Pipeline idle = connection.pipeline();
            Cursor queued = pipeline.execute("SET a.x");
            connection.close();
            assertThrows(InterfaceException.class, queued::statusMessage);
            assertThrows(InterfaceException.class, pipeline::close);
            idle.close();
            assertThrows(InterfaceException.class, connection::pipeline);
        });
    }

    @Test
    void aCursorMayBeClosedBeforeItsPipelineIsSynced() {
        List<BackendMessage> answer = List.of(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), READY);
        Flow flow =
                prepared().expect(Flow.bind(1, true, 1), EXECUTE, Command.SYNC).send(answer);
        flow.play(connection -> {
            prepare(connection);
            Pipeline pipeline = connection.pipeline();
            pipeline.execute(SELECT, 1).close();
            pipeline.close();
            assertTrue(pipeline.isClosed());
            assertSame(connection, pipeline.connection());
        });
    }

    @Test
    void muchLeavesBeforeTheSync() {
        String large = "x".repeat(70_000);
        Flow flow = prepared()
                .expect(Flow.bind(2, false, large), EXECUTE)
                .send(Signal.BIND_COMPLETE, error("22012", "division by zero"))
                .expect(Flow.bind(2, false, large), EXECUTE, Command.SYNC)
                .send(READY);
        flow.play(connection -> {
            prepare(connection);
            Pipeline pipeline = connection.pipeline();
            pipeline.execute(INSERT, large);
            Cursor behind = pipeline.execute(INSERT, large);
            assertInstanceOf(
                    DivisionByZeroException.class,
                    assertThrows(PipelineAbortedException.class, behind::rowCount)
                            .getCause());
            assertThrows(DivisionByZeroException.class, pipeline::close);
        });
    }
}
