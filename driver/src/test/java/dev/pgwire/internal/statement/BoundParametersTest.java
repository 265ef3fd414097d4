package dev.pgwire.internal.statement;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NumericOutOfRangeException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundParametersTest {
    private static final int ACLITEM = 1033;

    private final BoundParameters parameters = new BoundParameters();
    private final ByteBuf out = Unpooled.buffer();

    private static PreparedStatement statement(BackendMessage columns, int... types) {
        PrepareExchange prepare = new PrepareExchange("sql");
        Conversation conversation = new Conversation(new ServerState());
        conversation.add(prepare);
        conversation.receive(Signal.PARSE_COMPLETE);
        conversation.receive(new ParameterDescription(types));
        conversation.receive(columns);
        TypeRegistry registry = TypeRegistry.builtin();
        return PreparedStatement.described(
                        "sql", SqlShape.of("sql", false), prepare, registry, new RowPlanner(registry))
                .keptAs("s");
    }

    private Bind bind(PreparedStatement statement, Object... values) {
        out.clear();
        parameters.bind(out, statement, values);
        assertEquals('B', out.readByte());
        assertEquals(out.readableBytes(), out.getInt(out.readerIndex()));
        out.skipBytes(4);
        return Bind.read(out);
    }

    @Test
    void valuesGoInBinaryByTheCodecsOfTheirTypes() {
        Bind bind = bind(statement(Signal.NO_DATA, INT4, TEXT), 7, "Ada");
        assertEquals(
                new Bind("", "s", List.of(Format.BINARY), List.of(new byte[] {0, 0, 0, 7}, utf8("Ada")), List.of()),
                bind);
    }

    @Test
    void aStringForAnotherTypeGoesAsText() {
        Bind bind = bind(statement(Signal.NO_DATA, INT4, INT4, ACLITEM), 7, "8", "::1");
        assertEquals(List.of(Format.BINARY, Format.TEXT, Format.TEXT), bind.parameterFormats());
        assertEquals("::1", new String(bind.values().get(2)));
        assertEquals(List.of(), bind(statement(Signal.NO_DATA, ACLITEM), "::1").parameterFormats());
    }

    @Test
    void nullIsNullWhateverTheType() {
        Bind bind = bind(statement(Signal.NO_DATA, INT4, TEXT, ACLITEM), null, null, null);
        assertEquals(Arrays.asList(null, null, null), bind.values());
    }

    @Test
    void anEmptyStringIsNotNull() {
        assertEquals(0, bind(statement(Signal.NO_DATA, TEXT), "").values().get(0).length);
    }

    @Test
    void resultsAreAskedForInBinaryWhereThereIsACodec() {
        assertEquals(
                List.of(Format.BINARY),
                bind(statement(columns("a", INT4, "b", TEXT))).resultFormats());
        assertEquals(
                List.of(Format.BINARY, Format.TEXT),
                bind(statement(columns("a", INT4, "b", ACLITEM))).resultFormats());
        assertEquals(List.of(), bind(statement(columns("b", ACLITEM))).resultFormats());
    }

    @Test
    void theNumberOfValuesMustBeTheNumberOfParameters() {
        assertRefused("the statement has no parameters, 1 value was given, expected 0", statement(Signal.NO_DATA), 1);
        assertRefused("1 parameter ($1), 0 values were given", statement(Signal.NO_DATA, INT4));
        assertRefused("2 parameters ($1 to $2), 3 values were given", statement(Signal.NO_DATA, INT4, INT4), 1, 2, 3);
    }

    @Test
    void aValueThatDoesNotFitNamesItsParameterAndNothingIsWritten() {
        PreparedStatement statement = statement(Signal.NO_DATA, INT4, INT4);
        assertRefused("parameter $2 (int4) cannot take an Object, expected", statement, 1, new Object());
        assertRefused("parameter $2 (int4) cannot take the Long 3000000000", statement, 1, 3_000_000_000L);
        assertRefused("or a String with its text", statement, 1, 1.5);
        assertRefused(
                "parameter $1 (aclitem) cannot take the Integer 1, expected a String",
                statement(Signal.NO_DATA, ACLITEM),
                1);
    }

    @Test
    void whatIsOutOfRangeHasTheClassOfThat() {
        PreparedStatement statement = statement(Signal.NO_DATA, INT4, INT4);
        DataException tooLarge = refused(statement, 1, 3_000_000_000L);
        assertEquals(NumericOutOfRangeException.class, tooLarge.getClass());
        assertEquals("22003", tooLarge.sqlState());
        assertNull(tooLarge.getCause(), "its text would stand there twice");
        DataException noNumber = refused(statement, 1, Boolean.TRUE);
        assertEquals(DataException.class, noNumber.getClass());
        assertEquals("22000", noNumber.sqlState());
        assertNull(noNumber.getCause());
    }

    @Test
    void classesAreCalledByTheNamesThatTheirUsersKnow() {
        PreparedStatement statement = statement(Signal.NO_DATA, INT4);
        assertRefused("cannot take a List, expected", statement, List.of(1, 2));
        assertRefused("cannot take a List, expected", statement, Arrays.asList(1, 2));
        assertRefused("cannot take a Map, expected", statement, Map.of(1, 2));
        assertRefused("cannot take an int[], expected", statement, new int[] {1});
        assertRefused("cannot take an OffsetDateTime, expected", statement, java.time.OffsetDateTime.MAX);
        assertRefused("cannot take a Path, expected", statement, java.nio.file.Path.of("/"));
        assertRefused("cannot take a UUID, expected", statement, new java.util.UUID(0, 0));
        assertRefused("cannot take a Runnable, expected", statement, (Runnable) () -> {});
    }

    @Test
    void aListForOneValueIsToldHowToSearchForSeveral() {
        assertRefused("= ANY($1)", statement(Signal.NO_DATA, INT4), List.of(1, 2));
        assertRefused("= ANY($1)", statement(Signal.NO_DATA, TEXT), (Object) new String[] {"a"});
        assertRefused("'{1,2,3}'", statement(Signal.NO_DATA, 1034), new int[] {1});
    }

    @Test
    void aParameterThatIsTextBecauseNothingSaysOtherwiseIsToldHowToSayIt() {
        assertRefused("$1::int says it", statement(Signal.NO_DATA, TEXT), 5);
        assertRefused("$1::uuid says it", statement(Signal.NO_DATA, TEXT), new java.util.UUID(0, 0));
        assertRefused("$1::date says it", statement(Signal.NO_DATA, TEXT), java.time.LocalDate.EPOCH);
    }

    @Test
    void placeholdersOfOtherDriversAreToldHowTheyAreWrittenHere() {
        for (String sql : List.of("SELECT 1 WHERE a = ?", "SELECT 1 WHERE a = %s", "VALUES (%s, %s)")) {
            String hint = Hints.foreignPlaceholder(sql);
            assertTrue(hint.contains("$1, or :name"), hint);
        }
        for (String sql : List.of("SELECT $1 ? 'a'", "SELECT '?', '%s'", "SELECT 5 %size", "SELECT a % s FROM t")) {
            assertNull(Hints.foreignPlaceholder(sql), sql);
        }
    }

    @Test
    void textThatTheServerCannotTakeNamesItsParameterAndNothingIsWritten() {
        assertRefused("parameter $1 (text) the text has U+0000", statement(Signal.NO_DATA, TEXT), "a\0b");
        assertRefused("parameter $1 (int4) the text has U+0000", statement(Signal.NO_DATA, INT4), "1\0");
        assertRefused(
                "parameter $1 (text) the text has U+D83D at index 0: half of a surrogate pair",
                statement(Signal.NO_DATA, TEXT),
                "\ud83d");
    }

    @Test
    void afterAFailureTheNextValuesAreWrittenAsIfNothingHadBeen() {
        PreparedStatement statement = statement(Signal.NO_DATA, TEXT, TEXT);
        assertRefused("$2", statement, "x".repeat(3_000_000), "\0");
        assertEquals("b", new String(bind(statement, "a", "b").values().get(1)));
    }

    @Test
    void moreParametersThanTheProtocolCanCountAreRefused() {
        int[] types = new int[65_535];
        Arrays.fill(types, TEXT);
        Object[] values = new Object[65_535];
        assertEquals(
                65_535, bind(statement(Signal.NO_DATA, types), values).values().size());
    }

    /** A length is all it takes: the bytes need not exist. */
    @Test
    void moreThanAMessageCanHoldIsRefusedBeforeMemoryIsTakenForIt() {
        FieldBuffer writer = FieldBuffer.ofParameters();
        byte[] small = new byte[16];
        OperationalException refused =
                assertThrows(OperationalException.class, () -> writer.writeBytes(small, 0, Integer.MAX_VALUE));
        assertEquals("54000", refused.sqlState());
        assertTrue(refused.getMessage().contains("2147483647 bytes or more"), refused.getMessage());
        writer.writeBytes(small);
        assertThrows(OperationalException.class, () -> writer.writeBytes(small, 0, (1 << 30) - 2 - 15));
        assertEquals(16, writer.size());
        assertTrue(writer.bytes().length < 4096);
    }

    private DataException refused(PreparedStatement statement, Object... values) {
        out.clear();
        return assertThrows(DataException.class, () -> parameters.bind(out, statement, values));
    }

    private void assertRefused(String message, PreparedStatement statement, Object... values) {
        out.clear();
        PgException refused = assertThrows(PgException.class, () -> parameters.bind(out, statement, values));
        assertTrue(refused instanceof InterfaceException || refused instanceof DataException, refused.toString());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertEquals(0, out.readableBytes());
    }

    @Test
    void anExecutionHasTheSameBytesWithAFrameAndWithout() {
        PreparedStatement statement = statement(Signal.NO_DATA, 23, 25, 869);
        Object[][] sets = {
            {1, "a", "::1"},
            {2, "bb", "::2"},
            {"3", "b", "::3"},
            {4, null, "::4"},
            {"5", "b", "::5"},
            {"6", "b", "::6"},
            {"7", "c", "::7"},
            {null, null, null}
        };
        for (Object[] values : sets) {
            assertEquals(expected(statement, values), executed(statement, values), () -> Arrays.toString(values));
        }
    }

    @Test
    void aFrameIsNotThatOfAnotherName() {
        PreparedStatement statement = statement(Signal.NO_DATA, 23);
        executed(statement, 1);
        executed(statement, 2);
        statement.keptAs("another");
        for (int i = 0; i < 3; i++) {
            assertEquals(expected(statement, i), executed(statement, i));
        }
    }

    @Test
    void aValueThatCannotBeWrittenLeavesTheRequestAsItWas() {
        PreparedStatement statement = statement(Signal.NO_DATA, 23);
        executed(statement, 1);
        out.clear();
        assertThrows(DataException.class, () -> parameters.execute(out, statement, new Object[] {new Object()}));
        assertThrows(InterfaceException.class, () -> parameters.execute(out, statement, new Object[] {1, 2}));
        assertEquals(0, out.readableBytes());
        assertEquals(expected(statement, 7), executed(statement, 7));
    }

    @Test
    void formatsThatComeByTurnsMakeNoFrameEachTime() {
        PreparedStatement statement = statement(Signal.NO_DATA, 23);
        executed(statement, 1);
        ExecutionFrame first = statement.frame();
        for (int i = 0; i < 10; i++) {
            executed(statement, "2");
            executed(statement, 3);
        }
        assertSame(first, statement.frame());
        executed(statement, "4");
        executed(statement, "5");
        assertNotSame(first, statement.frame());
    }

    private String executed(PreparedStatement statement, Object... values) {
        out.clear();
        parameters.executeAndSync(out, statement, values);
        return ByteBufUtil.hexDump(out);
    }

    private String expected(PreparedStatement statement, Object... values) {
        out.clear();
        parameters.bind(out, statement, values);
        new Execute("", 0).encode(out);
        Command.SYNC.encode(out);
        return ByteBufUtil.hexDump(out);
    }
}
