package dev.pgwire.internal.insert;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as the manual lays them out under COPY, "Binary Format", and as arrays. */
class RowChunkTest {
    private static final int ACLITEM = 1033;

    private final FieldBuffer fields = new FieldBuffer();

    private static PreparedStatement statement(int... types) {
        PrepareExchange prepare = new PrepareExchange("sql");
        Conversation conversation = new Conversation(new ServerState());
        conversation.add(prepare);
        conversation.receive(Signal.PARSE_COMPLETE);
        conversation.receive(new ParameterDescription(types));
        conversation.receive(Signal.NO_DATA);
        TypeRegistry registry = TypeRegistry.builtin();
        return PreparedStatement.described(
                        "sql", SqlShape.of("sql", false), prepare, registry, new RowPlanner(registry))
                .keptAs("s");
    }

    private RowChunk chunk(boolean refusesText, int... types) {
        List<String> columns = Arrays.asList("a", "b", "c").subList(0, types.length);
        return new RowChunk(fields, columns, statement(types), refusesText);
    }

    private static Iterator<Object[]> rows(Object[]... rows) {
        return List.of(rows).iterator();
    }

    private static byte[] written(FieldBuffer buffer) {
        return Arrays.copyOf(buffer.bytes(), buffer.size());
    }

    @Test
    void aRowIsACountAndFieldsBehindTheirLengths() {
        RowChunk chunk = chunk(true, INT4, TEXT);
        assertFalse(chunk.fill(rows(new Object[] {7, "Ada"}, new Object[] {null, ""}), 10));
        ByteBuffer expected = ByteBuffer.allocate(100);
        expected.putShort((short) 2).putInt(4).putInt(7).putInt(3).put(new byte[] {'A', 'd', 'a'});
        expected.putShort((short) 2).putInt(-1).putInt(0);
        assertArrayEquals(Arrays.copyOf(expected.array(), expected.position()), written(fields));
        assertEquals(2, chunk.rows());
        assertFalse(chunk.hasText());
    }

    @Test
    void columnsBecomeArraysWithTheirNulls() {
        RowChunk chunk = chunk(true, INT4, TEXT);
        chunk.fill(rows(new Object[] {7, "Ada"}, new Object[] {null, "x"}), 10);
        FieldBuffer arrays = new FieldBuffer();
        ColumnArrays.write(chunk, new int[] {INT4, TEXT}, arrays);
        ByteBuffer expected = ByteBuffer.allocate(100);
        expected.putInt(32).putInt(1).putInt(1).putInt(INT4).putInt(2).putInt(1);
        expected.putInt(4).putInt(7).putInt(-1);
        expected.putInt(32).putInt(1).putInt(0).putInt(TEXT).putInt(2).putInt(1);
        expected.putInt(3).put(new byte[] {'A', 'd', 'a'}).putInt(1).put((byte) 'x');
        assertArrayEquals(Arrays.copyOf(expected.array(), expected.position()), written(arrays));
    }

    @Test
    void noMoreRowsAreTakenThanAskedForOrThanFillIt() {
        RowChunk chunk = chunk(true, TEXT);
        Object[] row = {"x".repeat(1000)};
        Iterator<Object[]> source = Collections.nCopies(200, row).iterator();
        assertTrue(chunk.fill(source, 10));
        assertEquals(10, chunk.rows());
        assertTrue(chunk.fill(source, 1000));
        assertEquals(131, chunk.rows());
        assertFalse(chunk.fill(source, 1000));
        assertEquals(59, chunk.rows());
    }

    @Test
    void aStringForAnotherTypeIsKeptInMind() {
        RowChunk chunk = chunk(false, INT4, TEXT, ACLITEM);
        chunk.fill(rows(new Object[] {1, "a", "::1"}, new Object[] {"2", "b", null}), 10);
        assertTrue(chunk.hasText());
        assertFalse(chunk.isText(0, 0));
        assertFalse(chunk.isText(0, 2));
        assertTrue(chunk.isText(1, 0));
        assertFalse(chunk.isText(1, 1));
        chunk.fill(rows(new Object[] {1, "a", "::1"}), 10);
        assertFalse(chunk.hasText());
    }

    @Test
    void aValueThatDoesNotFitIsToldWithItsRowAndColumn() {
        RowChunk chunk = chunk(true, INT4, TEXT);
        chunk.fill(rows(new Object[] {1, "a"}, new Object[] {2, "b"}), 10);
        DataException wrong = assertThrows(
                DataException.class, () -> chunk.fill(rows(new Object[] {3, "c"}, new Object[] {4L << 40, "d"}), 10));
        assertTrue(wrong.getMessage().contains("row 3, column \"a\" (int4) cannot take the Long"), wrong.getMessage());
        DataException text = assertThrows(
                DataException.class,
                () -> chunk.fill(Collections.singleton(new Object[] {"5", "e"}).iterator(), 10));
        assertTrue(text.getMessage().contains("another way than the one that is forced"), text.getMessage());
        assertThrows(
                InterfaceException.class,
                () -> chunk.fill(Collections.singleton(new Object[] {1}).iterator(), 10));
        assertThrows(
                DataException.class,
                () -> chunk.fill(Collections.singleton(new Object[] {1, "\0"}).iterator(), 10));
    }

    @Test
    void allTextIsWrittenAsJavaEncodesIt() {
        String[] texts = {
            "", "ascii", "h\u00e9llo", "\u00ff\u07ff\u0800\uffff", "a\ud83d\ude00b\u20ac", "\ud83d\ude00".repeat(2000)
        };
        for (String text : texts) {
            fields.clear();
            fields.writeUtf8(text);
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), written(fields), text);
            byte[] bytes = new byte[fields.size()];
            fields.view().readBytes(bytes);
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), bytes, text);
        }
    }

    @Test
    void theBufferGrowsInTheMiddleOfEveryKindOfValue() {
        byte[] large = new byte[1030];
        for (int more = 0; more < 12; more++) {
            FieldBuffer small = new FieldBuffer();
            small.writeBytes(large, 0, 1010 + more);
            small.writeLong(0x0102030405060708L);
            small.writeShort(0x0a0b);
            small.writeByte(0x0c);
            small.writeFloat(1.5f);
            small.writeDouble(-2.5);
            ByteBuffer expected = ByteBuffer.allocate(1010 + more + 23);
            expected.position(1010 + more);
            expected.putLong(0x0102030405060708L)
                    .putShort((short) 0x0a0b)
                    .put((byte) 0x0c)
                    .putFloat(1.5f)
                    .putDouble(-2.5);
            assertArrayEquals(expected.array(), written(small));
        }
    }
}
