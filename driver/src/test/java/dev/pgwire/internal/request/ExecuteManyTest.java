package dev.pgwire.internal.request;

import static dev.pgwire.fixture.Flow.bind;
import static dev.pgwire.fixture.Messages.FAILED;
import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.INT8;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.fixture.Play;
import dev.pgwire.internal.answer.Ending;
import dev.pgwire.internal.answer.NextRows;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExecuteManyTest {
    private static final String SQL = "INSERT INTO t VALUES ($1)";
    private static final Execute EXECUTE = new Execute("", 0);
    private static final Parse ASK = new Parse("pgwire_1", SQL, new int[0]);
    private static final Describe DESCRIBE = new Describe(Target.STATEMENT, "pgwire_1");
    private static final BackendMessage[] ONE = {Signal.BIND_COMPLETE, done("INSERT 0 1")};
    /** No int4 takes it. */
    private static final long LARGE = 1L << 40;
    /** Three of it fill a part. */
    private static final String WIDE = "x".repeat(30_000);

    private final Backend server = new Backend();

    @AfterEach
    void close() {
        server.close();
    }

    private static Iterator<Object[]> sets(Object... values) {
        return Arrays.stream(values).map(value -> new Object[] {value}).iterator();
    }

    private ExecuteMany many(Object... values) {
        return new ExecuteMany(server.dispatch(), SQL, sets(values));
    }

    /** A source that breaks when it is asked for a set. */
    private static Iterator<Object[]> breaking(RuntimeException failure, int from, IntFunction<Object> value) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> {
                    if (i == from) {
                        throw failure;
                    }
                    return new Object[] {value.apply(i)};
                })
                .iterator();
    }

    private static FrontendMessage[] wide(int count, FrontendMessage... then) {
        return Stream.concat(
                        IntStream.range(0, count)
                                .boxed()
                                .flatMap(i -> Stream.<FrontendMessage>of(bind(1, false, WIDE), EXECUTE)),
                        Stream.of(then))
                .toArray(FrontendMessage[]::new);
    }

    @TestFactory
    Stream<DynamicTest> aKeptStatement() {
        return Play.of(server -> {
                    server.keeps(SQL, Signal.NO_DATA, INT4);
                    return new ExecuteMany(server.dispatch(), SQL, sets(1, 2));
                })
                .sends(bind(1, false, 1), EXECUTE, bind(1, false, 2), EXECUTE, Command.SYNC)
                .isTold(ONE)
                .isTold(ONE)
                .isTold(READY)
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> aNewStatement() {
        return Play.of(server -> new ExecuteMany(server.dispatch(), SQL, sets(1, 2)))
                .sends(ASK, DESCRIBE, Command.FLUSH)
                .isTold(Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {INT4}), Signal.NO_DATA)
                .sends(bind(1, false, 1), EXECUTE, bind(1, false, 2), EXECUTE, Command.SYNC)
                .isTold(ONE)
                .isTold(ONE)
                .isTold(READY)
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> aStatementWhoseParametersAreOthersNow() {
        return Play.of(server -> {
                    server.keeps(SQL, Signal.NO_DATA, INT4);
                    return new ExecuteMany(server.dispatch(), SQL, sets(LARGE));
                })
                .sends(new Parse("", SQL, new int[0]), new Describe(Target.STATEMENT, ""), Command.SYNC)
                .isTold(Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {INT8}), Signal.NO_DATA, READY)
                .sends(
                        new Close(Target.STATEMENT, "pgwire_1"),
                        new Parse("pgwire_2", SQL, new int[0]),
                        new Describe(Target.STATEMENT, "pgwire_2"),
                        Command.FLUSH)
                .isTold(Signal.CLOSE_COMPLETE, Signal.PARSE_COMPLETE)
                .isTold(new ParameterDescription(new int[] {INT8}), Signal.NO_DATA)
                .sends(bind(2, false, LARGE), EXECUTE, Command.SYNC)
                .isTold(ONE)
                .isTold(READY)
                .phases();
    }

    @Test
    void noSetAtAllIsAnEmptySegment() {
        server.keeps(SQL, Signal.NO_DATA, INT4);
        ExecuteMany many = many();
        server.isAsked(many, Command.SYNC);
        server.says(READY);
        assertNull(server.ends(many).failure());
    }

    @Test
    void aPartWaitsForRoom() {
        server.keeps(SQL, Signal.NO_DATA, TEXT);
        ExecuteMany many = many(WIDE, WIDE, WIDE, WIDE);
        server.hasRoom(false);
        server.isWaitedFor(many);
        server.hasRoom(true);
        assertFalse(many.advance());
        server.hasRoom(false);
        server.isAsked(many, wide(3));
        assertTrue(many.isWriting());
        server.hasRoom(true);
        server.isAsked(many, wide(1, Command.SYNC));
    }

    @Test
    void whatTheServerRefusesIsNotGoneOnWith() {
        server.keeps(SQL, Signal.NO_DATA, TEXT);
        ExecuteMany many = many(WIDE, WIDE, WIDE, WIDE);
        assertFalse(many.advance());
        server.gets(wide(3));
        server.says(error("23505", "it is there"));
        server.isAsked(many, Command.SYNC);
        server.says(READY);
        assertEquals("23505", ((DatabaseException) server.ends(many).failure()).sqlState());
    }

    @Test
    void aFirstSetThatIsRefusedLeavesNothing() {
        ExecuteMany many = many(LARGE);
        server.isAsked(many, ASK, DESCRIBE, Command.FLUSH);
        server.says(Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {INT4}), Signal.NO_DATA);
        server.isAsked(many, Command.SYNC);
        server.says(READY);
        server.fails(DataException.class, many);
    }

    @Test
    void aLaterSetThatIsRefusedSendsNothingOfItsPart() {
        server.keeps(SQL, Signal.NO_DATA, INT4);
        server.fails(DataException.class, many(1, LARGE));
        assertNull(server.dispatch().preparation().known(SQL));
    }

    @Test
    void whatWasSentBeforeASetThatIsRefusedIsMadeToFail() {
        server.keeps(SQL, Signal.NO_DATA, TEXT);
        ExecuteMany many = many(WIDE, WIDE, WIDE, "\0");
        assertFalse(many.advance());
        server.gets(wide(3));
        server.isAsked(many, Segment.FAIL, Command.SYNC);
        server.says(ONE);
        server.says(ONE);
        server.says(ONE);
        server.says(error("34000", "no such portal"), READY);
        server.fails(DataException.class, many);
    }

    @Test
    void inATransactionTheUserDecidesWhatBecomesOfIt() {
        server.keeps(SQL, Signal.NO_DATA, TEXT);
        server.in(TransactionStatus.IN_TRANSACTION);
        ExecuteMany many = many(WIDE, WIDE, WIDE, "\0");
        assertFalse(many.advance());
        server.gets(wide(3));
        server.isAsked(many, Command.SYNC);
    }

    @Test
    void aSourceThatBreaksAtOnceSendsNothing() {
        server.keeps(SQL, Signal.NO_DATA, INT4);
        IllegalStateException broken = new IllegalStateException("broken");
        ExecuteMany many = new ExecuteMany(server.dispatch(), SQL, breaking(broken, 0, i -> i));
        assertSame(broken, server.fails(IllegalStateException.class, many));
    }

    @Test
    void aSourceThatBreaksInItsMiddleMakesWhatWasSentFail() {
        server.keeps(SQL, Signal.NO_DATA, TEXT);
        IllegalStateException broken = new IllegalStateException("broken");
        ExecuteMany many = new ExecuteMany(server.dispatch(), SQL, breaking(broken, 4, i -> WIDE));
        assertFalse(many.advance());
        server.gets(wide(3));
        server.isAsked(many, Segment.FAIL, Command.SYNC);
        server.leaves();
        assertSame(broken, server.fails(IllegalStateException.class, many));
    }

    @Test
    void whatWasCancelledIsNotGoneOnWith() {
        server.keeps(SQL, Signal.NO_DATA, TEXT);
        ExecuteMany many = many(WIDE, WIDE, WIDE, WIDE);
        assertFalse(many.advance());
        server.gets(wide(3));
        server.gate().cancel();
        server.isAsked(many, Segment.FAIL, Command.SYNC);
        server.says(error("34000", "no such portal"), FAILED);
        server.fails(QueryCanceledException.class, many);
    }

    @Test
    void aCopyIsRefused() {
        server.fails(NotSupportedException.class, new ExecuteMany(server.dispatch(), "COPY t FROM STDIN", sets(1)));
    }

    /** Sends a part of a batch whose first results are more than may be kept. */
    private Results halfSent() {
        server.keeps(SQL, columns("text", TEXT), TEXT);
        ExecuteMany many = many(WIDE, WIDE, WIDE, WIDE);
        assertFalse(many.advance());
        server.heard();
        int rows = (int) (Results.MOST_SET_ASIDE / 1_000_000) + 2;
        server.says(Signal.BIND_COMPLETE);
        String million = "x".repeat(1_000_000);
        for (int i = 0; i < rows; i++) {
            server.says(row(million));
        }
        server.says(done("SELECT " + rows));
        assertTrue(Backend.drive(many));
        server.gets();
        return server.ends(many);
    }

    @Test
    void theRestOfABatchIsSentWhenItsResultsAreRead() {
        Results results = halfSent();
        assertFalse(results.isDone());
        assertTrue(results instanceof UnfinishedResults);
        NextRows next = new NextRows(server.dispatch(), results, Objects.requireNonNull(results.current()));
        assertFalse(server.ends(next) == null);
        results.discard();
        Ending ending = new Ending(server.dispatch(), results);
        assertTrue(ending.isWriting());
        assertFalse(Backend.drive(ending));
        assertEquals(3, server.heard().size());
        assertFalse(ending.isWriting());
        server.says(Signal.BIND_COMPLETE, done("SELECT 0"), Signal.BIND_COMPLETE, done("SELECT 0"));
        server.says(Signal.BIND_COMPLETE, done("SELECT 0"), READY);
        server.ends(ending);
        assertNull(results.failure());
    }

    @Test
    void theRestOfABatchMayStillBeRefused() {
        Results results = halfSent();
        server.gate().cancel();
        results.discard();
        Ending ending = new Ending(server.dispatch(), results);
        server.isAsked(ending, Segment.FAIL, Command.SYNC);
        server.says(error("57014", "canceling statement due to user request"), READY);
        QueryCanceledException cancelled = server.fails(QueryCanceledException.class, ending);
        assertSame(cancelled, results.failure());
        assertTrue(results.isDone());
        assertEquals(List.of(), server.heard());
    }
}
