package dev.pgwire.protocol.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.protocol.Bytes;
import dev.pgwire.protocol.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataRowTest {
    @Test
    void columnsAreReadOneByOne() {
        DataRow row = DataRow.of(Arrays.asList(Bytes.ascii("a"), null, new byte[0]));

        assertEquals(3, row.columnCount());
        assertArrayEquals(Bytes.ascii("a"), row.column(0));
        assertNull(row.column(1));
        assertArrayEquals(new byte[0], row.column(2));
        assertThrows(IndexOutOfBoundsException.class, () -> row.column(3));
        assertThrows(IndexOutOfBoundsException.class, () -> row.column(-1));
    }

    @Test
    void oneWindowMovesOverManyRows() {
        DataRow first = DataRow.of(List.of(Bytes.ascii("one")));
        DataRow second = DataRow.of(List.of(Bytes.ascii("two"), Bytes.ascii("three")));
        ByteBuf buffer = Unpooled.wrappedBuffer(Bytes.of(first), Bytes.of(second));
        DataRow window = new DataRow();

        assertSame(window, window.window(buffer, 5, first.length()));
        assertEquals(first, window);
        assertArrayEquals(Bytes.of(first), Bytes.of(window));
        window.window(buffer, 5 + first.length() + 5, second.length());
        assertEquals(second, window);
        assertNotEquals(first, window);
        assertEquals(second.hashCode(), window.hashCode());
        assertArrayEquals(Bytes.ascii("three"), window.column(1));
        assertEquals(0, buffer.readerIndex());
        buffer.release();
    }

    @Test
    void aWindowOverBytesThatAreNoRowIsAViolationWhenItIsRead() {
        DataRow row = new DataRow().window(Unpooled.wrappedBuffer(Bytes.hex("0002 00000001 '7' 00000005")), 0, 11);

        assertEquals(2, row.columnCount());
        assertArrayEquals(Bytes.ascii("7"), row.column(0));
        assertThrows(ProtocolViolation.class, () -> row.column(1));
        assertThrows(ProtocolViolation.class, () -> new DataRow().columnCount());
    }
}
