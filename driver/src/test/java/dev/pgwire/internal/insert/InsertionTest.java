package dev.pgwire.internal.insert;

import static dev.pgwire.fixture.Flow.bindUnnamed;
import static dev.pgwire.fixture.Flow.inBinary;
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
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.fixture.Play;
import dev.pgwire.internal.request.Segment;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InsertionTest {
    private static final String INSERT = "INSERT INTO \"t\" (\"id\") VALUES ($1)";
    private static final String UNNEST =
            "INSERT INTO \"t\" (\"id\") SELECT * FROM ROWS FROM" + " (pg_catalog.unnest($1::pg_catalog.\"int4\"[]))";
    private static final String COPY = "COPY \"t\" (\"id\") FROM STDIN (FORMAT binary)";
    private static final int BOOL = 16;
    private static final int INT4_ARRAY = 1007;

    private static final Parse ASK = ask(INSERT);
    private static final Describe DESCRIBE = new Describe(Target.STATEMENT, "");
    private static final Execute EXECUTE = new Execute("", 0);
    private static final Parse PARSE = new Parse("", INSERT, new int[] {INT4});
    private static final BackendMessage[] ONE = {Signal.BIND_COMPLETE, done("INSERT 0 1")};

    private static final String SIGNATURE = "5047434f50590aff0d0a00" + "0000000000000000";
    private static final String SEVEN = "0001" + "00000004" + "00000007";
    private static final CopyData TRAILER = hex("ffff");
    private static final BackendMessage[] ASKED_FOR_DATA = {
        Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, new CopyInResponse(Format.BINARY, List.of(Format.BINARY))
    };

    /** No int4 takes it. */
    private static final long LARGE = 1L << 40;
    /** Two of it fill a chunk. */
    private static final String WIDE = "x".repeat(70_000);

    private final Backend server = new Backend();
    private final InsertBuffers buffers = new InsertBuffers();

    @AfterEach
    void close() {
        server.close();
    }

    private static Parse ask(String sql) {
        return new Parse("", sql, new int[0]);
    }

    private static CopyData hex(String... bytes) {
        return new CopyData(HexFormat.of().parseHex(String.join("", bytes)));
    }

    private static InsertTarget target(@Nullable String returning, @Nullable InsertWay way) {
        return InsertTarget.of("t", List.of("id"), null, returning, way);
    }

    private static Iterator<Object[]> rows(Object... values) {
        return Arrays.stream(values).map(value -> new Object[] {value}).iterator();
    }

    private static Insertion insertion(Backend server, @Nullable InsertWay way, Object... values) {
        return new Insertion(server.dispatch(), target(null, way), rows(values), new InsertBuffers());
    }

    private Insertion insertion(@Nullable InsertWay way, Iterator<Object[]> rows) {
        return new Insertion(server.dispatch(), target(null, way), rows, buffers);
    }

    /** Gives some values, and breaks. */
    private static Iterator<Object[]> breaking(RuntimeException failure, Object... values) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> {
                    if (i == values.length) {
                        throw failure;
                    }
                    return new Object[] {values[i]};
                })
                .iterator();
    }

    private static BackendMessage[] described(int type) {
        return new BackendMessage[] {
            Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {type}), Signal.NO_DATA, READY
        };
    }

    private static final FrontendMessage[] BEGIN_COPY = {
        ask(COPY), new Bind("", "", List.of(), List.of(), List.of()), EXECUTE
    };

    private static final RowDescription PERMITTED = columns("unnest", BOOL, "types", BOOL, "copy", BOOL);

    private static final FrontendMessage[] QUESTION = {
        new Parse("", InsertQuestion.SQL, new int[] {TEXT, TEXT, TEXT}),
        bindUnnamed(true, "\"t\"", "{\"id\"}", "{23}"),
        new Describe(Target.PORTAL, ""),
        EXECUTE,
        Command.SYNC
    };

    private static BackendMessage[] permission(int unnest, int types, int copy) {
        return new BackendMessage[] {
            Signal.PARSE_COMPLETE,
            Signal.BIND_COMPLETE,
            inBinary(PERMITTED),
            row(bool(unnest), bool(types), bool(copy)),
            done("SELECT 1"),
            READY
        };
    }

    private static byte[] bool(int value) {
        return new byte[] {(byte) value};
    }

    private static Backend knowing(Backend server) {
        server.keeps(INSERT, Signal.NO_DATA, INT4);
        server.describes(InsertQuestion.SQL, PERMITTED, TEXT, TEXT, TEXT);
        return server;
    }

    @TestFactory
    Stream<DynamicTest> rowByRow() {
        return Play.of(server -> insertion(server, null, 7, 8))
                .sends(ASK, DESCRIBE, Command.SYNC)
                .isTold(described(INT4))
                .sends(PARSE, bindUnnamed(false, 7), EXECUTE, bindUnnamed(false, 8), EXECUTE, Command.SYNC)
                .isTold(Signal.PARSE_COMPLETE)
                .isTold(ONE)
                .isTold(ONE)
                .isTold(READY)
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> asArrays() {
        String array = "00000001" + "00000000" + "00000017" + "00000001" + "00000001" + "00000004" + "00000007";
        return Play.of(server -> {
                    server.keeps(INSERT, Signal.NO_DATA, INT4);
                    return insertion(server, InsertWay.UNNEST, 7);
                })
                .sends(ask(UNNEST), DESCRIBE, Command.SYNC)
                .isTold(described(INT4_ARRAY))
                .sends(
                        new Parse("", UNNEST, new int[] {INT4_ARRAY}),
                        new Bind(
                                "",
                                "",
                                List.of(Format.BINARY),
                                List.of(HexFormat.of().parseHex(array)),
                                List.of()),
                        EXECUTE,
                        Command.SYNC)
                .isTold(Signal.PARSE_COMPLETE)
                .isTold(ONE)
                .isTold(READY)
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> asACopy() {
        return Play.of(server -> insertion(knowing(server), InsertWay.COPY, 7))
                .sends(QUESTION)
                .isTold(permission(1, 1, 1))
                .sends(BEGIN_COPY)
                .isTold(ASKED_FOR_DATA)
                .sends(hex(SIGNATURE, SEVEN), TRAILER, Command.COPY_DONE, Command.SYNC)
                .isTold(done("COPY 1"), READY)
                .phases();
    }

    @TestFactory
    Stream<DynamicTest> aColumnThatIsOfAnotherTypeNow() {
        return Play.of(server -> {
                    server.describes(INSERT, Signal.NO_DATA, INT4);
                    return insertion(server, null, LARGE);
                })
                .sends(ASK, DESCRIBE, Command.SYNC)
                .isTold(described(INT8))
                .sends(new Parse("", INSERT, new int[] {INT8}), bindUnnamed(false, LARGE), EXECUTE, Command.SYNC)
                .isTold(Signal.PARSE_COMPLETE)
                .isTold(ONE)
                .isTold(READY)
                .phases();
    }

    @Test
    void noRowsAtAllAreAnEmptySegmentWhateverTheWay() {
        server.keeps(INSERT, Signal.NO_DATA, INT4);
        for (InsertWay way : InsertWay.values()) {
            Insertion none = insertion(way, rows());
            server.isAsked(none, Command.SYNC);
            server.says(READY);
            Results results = server.ends(none);
            assertNull(results.failure());
            assertEquals("INSERT 0 0", Objects.requireNonNull(results.current()).tag());
        }
    }

    @Test
    void whatIsReturnedIsOneResult() {
        RowDescription id = columns("id", INT4);
        Insertion insertion = new Insertion(server.dispatch(), target("id", null), rows(7, 8), buffers);
        String sql = INSERT + "\nRETURNING id";
        server.isAsked(insertion, ask(sql), DESCRIBE, Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {INT4}), id, READY);
        server.isAsked(
                insertion,
                new Parse("", sql, new int[] {INT4}),
                bindUnnamed(true, 7),
                new Describe(Target.PORTAL, ""),
                EXECUTE,
                bindUnnamed(true, 8),
                EXECUTE,
                Command.SYNC);
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, inBinary(id), row(7), done("INSERT 0 1"));
        server.says(Signal.BIND_COMPLETE, row(8), done("INSERT 0 1"), READY);
        Results results = server.ends(insertion);
        assertEquals(List.of("(7,)", "(8,)"), server.rows(results));
    }

    @Test
    void manyRowsGoTheWayThatIsPermitted() {
        knowing(server);
        Object[] values = Collections.nCopies(InsertWay.UNNEST_FROM, 7).toArray();
        Insertion insertion = insertion(null, rows(values));
        server.isAsked(insertion, QUESTION);
        server.says(permission(0, 1, 0));
        assertRowByRow(insertion, values.length);
    }

    @Test
    void aServerThatCannotAnswerTheQuestionIsSentRowByRow() {
        knowing(server);
        Object[] values = Collections.nCopies(InsertWay.UNNEST_FROM, 7).toArray();
        Insertion insertion = insertion(null, rows(values));
        server.isAsked(insertion, QUESTION);
        server.says(error("42883", "no such function"), READY);
        assertRowByRow(insertion, values.length);
    }

    private void assertRowByRow(Insertion insertion, int rows) {
        List<FrontendMessage> sent = new ArrayList<>(List.of(PARSE));
        for (int i = 0; i < rows; i++) {
            sent.add(bindUnnamed(false, 7));
            sent.add(EXECUTE);
        }
        sent.add(Command.SYNC);
        server.isAsked(insertion, sent.toArray(FrontendMessage[]::new));
    }

    @Test
    void typesThatHaveChangedAreRefusedWhereTheWayIsForced() {
        knowing(server);
        Insertion insertion = insertion(InsertWay.COPY, rows(7));
        server.isAsked(insertion, QUESTION);
        server.says(permission(1, 0, 0));
        server.fails(InterfaceException.class, insertion);
        assertNull(server.dispatch().preparation().known(INSERT));
    }

    @Test
    void aCopyThatIsRefusedAtOnceIsSentNoData() {
        knowing(server);
        Insertion insertion = insertion(InsertWay.COPY, rows(7));
        server.isAsked(insertion, QUESTION);
        server.says(permission(1, 1, 1));
        server.isAsked(insertion, BEGIN_COPY);
        server.says(error("42501", "permission denied"));
        server.isAsked(insertion, Command.SYNC);
        server.says(READY);
        assertEquals(
                "42501",
                assertInstanceOf(DatabaseException.class, server.ends(insertion).failure())
                        .sqlState());
    }

    @Test
    void aChunkWaitsForRoom() {
        server.keeps(INSERT, Signal.NO_DATA, TEXT);
        Insertion insertion = insertion(null, rows(WIDE, WIDE, WIDE));
        assertFalse(insertion.advance());
        server.hasRoom(false);
        server.isAsked(insertion, firstChunk());
        assertTrue(insertion.isWriting());
        server.hasRoom(true);
        server.isAsked(insertion, bindUnnamed(false, WIDE), EXECUTE, Command.SYNC);
    }

    private static FrontendMessage[] firstChunk() {
        return new FrontendMessage[] {
            new Parse("", INSERT, new int[] {TEXT}),
            bindUnnamed(false, WIDE),
            EXECUTE,
            bindUnnamed(false, WIDE),
            EXECUTE
        };
    }

    @Test
    void whatTheServerRefusesIsNotGoneOnWith() {
        server.keeps(INSERT, Signal.NO_DATA, TEXT);
        Insertion insertion = insertion(null, rows(WIDE, WIDE, WIDE));
        assertFalse(insertion.advance());
        server.gets(firstChunk());
        server.says(error("23505", "it is there"));
        server.isAsked(insertion, Command.SYNC);
        server.says(READY);
        assertEquals(
                "23505",
                assertInstanceOf(DatabaseException.class, server.ends(insertion).failure())
                        .sqlState());
        assertEquals(0, buffers.fields().size());
    }

    @Test
    void rowsThatBreakAtOnceSendNothing() {
        server.keeps(INSERT, Signal.NO_DATA, TEXT);
        IllegalStateException broken = new IllegalStateException("broken");
        assertSame(broken, server.fails(IllegalStateException.class, insertion(null, breaking(broken, "one of them"))));
        assertEquals(0, buffers.fields().size());
    }

    @Test
    void rowsThatBreakInTheirMiddleMakeWhatWasSentFail() {
        server.keeps(INSERT, Signal.NO_DATA, TEXT);
        IllegalStateException broken = new IllegalStateException("broken");
        Insertion insertion = insertion(null, breaking(broken, WIDE, WIDE, WIDE));
        assertFalse(insertion.advance());
        server.gets(firstChunk());
        server.isAsked(insertion, Segment.FAIL, Command.SYNC);
        server.says(error("34000", "no such portal"), READY);
        assertSame(broken, server.fails(IllegalStateException.class, insertion));
        assertEquals(0, buffers.fields().size());
    }

    @Test
    void aValueThatIsRefusedInTheMiddleMakesWhatWasSentFail() {
        server.keeps(INSERT, Signal.NO_DATA, TEXT);
        Insertion insertion = insertion(null, rows(WIDE, WIDE, "\0"));
        assertFalse(insertion.advance());
        server.gets(firstChunk());
        server.isAsked(insertion, Segment.FAIL, Command.SYNC);
        server.leaves();
        server.fails(DataException.class, insertion);
    }

    @Test
    void whatWasCancelledIsNotGoneOnWith() {
        server.keeps(INSERT, Signal.NO_DATA, TEXT);
        Insertion insertion = insertion(null, rows(WIDE, WIDE, WIDE));
        assertFalse(insertion.advance());
        server.gets(firstChunk());
        server.gate().cancel();
        server.isAsked(insertion, Segment.FAIL, Command.SYNC);
        server.says(error("34000", "no such portal"), READY);
        server.fails(QueryCanceledException.class, insertion);
    }

    @Test
    void aCopyWhoseRowsBreakIsFailed() {
        server.keeps(INSERT, Signal.NO_DATA, TEXT);
        server.describes(InsertQuestion.SQL, PERMITTED, TEXT, TEXT, TEXT);
        IllegalStateException broken = new IllegalStateException("broken");
        Insertion insertion = insertion(InsertWay.COPY, breaking(broken, WIDE, WIDE, WIDE));
        assertFalse(Backend.drive(insertion));
        server.heard();
        server.says(permission(1, 1, 1));
        server.isAsked(insertion, BEGIN_COPY);
        server.says(ASKED_FOR_DATA);
        assertFalse(insertion.advance());
        assertEquals(1, server.heard().size());
        server.isAsked(insertion, new CopyFail("the rows ended with java.lang.IllegalStateException"), Command.SYNC);
        server.says(error("57014", "COPY from stdin failed"), READY);
        assertSame(broken, server.fails(IllegalStateException.class, insertion));
    }

    @Test
    void aRowWithAnotherNumberOfValuesIsRefused() {
        server.keeps(INSERT, Signal.NO_DATA, INT4);
        server.fails(
                InterfaceException.class,
                insertion(null, List.<Object[]>of(new Object[] {1, 2}).iterator()));
    }
}
