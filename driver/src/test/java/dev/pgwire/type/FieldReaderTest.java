package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FieldReaderTest {
    private static FieldReader hex(String digits) {
        return FieldReader.of(HexFormat.of().parseHex(digits));
    }

    @Test
    void itReadsOneThingAfterAnother() {
        FieldReader in =
                hex("ff" + "0102" + "00000003" + "0000000000000004" + "3fc00000" + "4004000000000000" + "0506");
        assertEquals(-1, in.readByte());
        assertEquals(0x0102, in.readShort());
        assertEquals(3, in.readInt());
        assertEquals(4, in.readLong());
        assertEquals(1.5f, in.readFloat());
        assertEquals(2.5, in.readDouble());
        assertEquals(2, in.remaining());
        assertArrayEquals(new byte[] {5, 6}, in.readBytes(2));
        assertEquals(0, in.remaining());
    }

    @Test
    void theLeastSignificantByteComesFirstIfThatIsWanted() {
        FieldReader in = hex("0100" + "02000000" + "00000003").order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(1, in.readShort());
        assertEquals(2, in.readInt());
        assertEquals(3, in.order(ByteOrder.BIG_ENDIAN).readInt());
    }

    @Test
    void nothingIsReadBeyondTheEnd() {
        FieldReader in = FieldReader.of(new byte[] {1, 2, 3, 4}, 1, 2, what -> new DataException("22P03", what, null));
        assertEquals(2, in.readByte());
        assertEquals(
                "it has 1 bytes left, expected 2",
                assertThrows(DataException.class, in::readShort).getMessage());
        assertThrows(DataException.class, () -> in.readBytes(-1));
        assertThrows(DataException.class, () -> in.readBytes(Integer.MAX_VALUE));
        assertThrows(DataException.class, () -> in.readUtf8(2));
        assertEquals(3, in.readByte());
    }

    @Test
    void aCountIsCheckedAgainstTheBytesThatAreLeft() {
        FieldReader in = hex("0000000000000000");
        assertEquals(2, in.checkCount(2, 4));
        assertThrows(DataException.class, () -> in.checkCount(3, 4));
        assertThrows(DataException.class, () -> in.checkCount(-1, 4));
        assertThrows(DataException.class, () -> in.checkCount(Integer.MAX_VALUE, 8));
    }

    @Test
    void textIsReadStrictly() {
        byte[] text = "aä€😀\uFFFD".getBytes(StandardCharsets.UTF_8);
        FieldReader in = FieldReader.of(text);
        assertEquals("aä", in.readUtf8(3));
        assertEquals("€😀\uFFFD", in.readUtf8(in.remaining()));
        DataException refused =
                assertThrows(DataException.class, () -> FieldReader.of(text).readUtf8(2));
        assertEquals("not a binary value: text that is not UTF-8", refused.getMessage());
        assertEquals(SqlState.INVALID_BINARY_REPRESENTATION, refused.sqlState());
    }
}
