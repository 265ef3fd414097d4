package dev.pgwire.internal.row;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.DataRow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowPageWriterTest {
    private final RowPageWriter writer = new RowPageWriter();
    private final Pages two = new Pages(columns("id", INT4, "name", TEXT));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | no column count",
                "00                                     | no column count",
                "0000                                   | DataRow has 0 columns, expected 2",
                "0001 ffffffff                          | DataRow has 1 columns, expected 2",
                "0003 ffffffff ffffffff ffffffff        | DataRow has 3 columns, expected 2",
                "ffff                                   | DataRow has 65535 columns, expected 2",
                "0002                                   | ends before the length of column 0",
                "0002 ffffff                            | ends before the length of column 0",
                "0002 ffffffff                          | ends before the length of column 1",
                "0002 ffffffff 000000                   | ends before the length of column 1",
                "0002 ffffffff 00000001                 | column 1 of DataRow claims 1 bytes, 0 remain",
                "0002 00000005 00000000                 | column 0 of DataRow claims 5 bytes, 4 remain",
                "0002 7fffffff ffffffff                 | column 0 of DataRow claims 2147483647 bytes, 4 remain",
                "0002 fffffffe ffffffff                 | column 0 of DataRow has length -2",
                "0002 80000000 ffffffff                 | column 0 of DataRow has length -2147483648",
                "0002 ffffffff fffffffe                 | column 1 of DataRow has length -2",
                "0002 ffffffff ffffffff 00              | 1 bytes of DataRow remain",
                "0002 00000001 61 00000000 0000         | 2 bytes of DataRow remain",
            })
    void aRowThatLiesIsRefused(String body, String message) {
        byte[] bytes = HexFormat.of().parseHex(body.replace(" ", ""));
        // What follows in the array must not be taken for the rest of the row.
        byte[] array = Arrays.copyOf(bytes, bytes.length + 64);
        DataRow row = new DataRow().window(Unpooled.wrappedBuffer(array), 0, bytes.length);
        ProtocolViolation refused = assertThrows(ProtocolViolation.class, () -> writer.append(row, two));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        writer.flush();
        assertEquals(0, two.pages.size());
    }

    @Test
    void everyCutOfARowIsRefused() {
        DataRow whole = row("1", "Ada");
        for (int length = 0; length < whole.length(); length++) {
            DataRow cut = new DataRow().window(whole.buffer(), 0, length);
            assertThrows(ProtocolViolation.class, () -> writer.append(cut, two), "cut at " + length);
        }
    }

    @Test
    void mutatedRowsAreRefusedOrLieInsideTheirBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = Pages.array(row("12", "Ada")).array();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            RowPageWriter fresh = new RowPageWriter();
            Pages target = new Pages(columns("id", TEXT, "name", TEXT));
            try {
                fresh.append(new DataRow().window(Unpooled.wrappedBuffer(bytes), 0, bytes.length), target);
            } catch (ProtocolViolation violation) {
                refused++;
                continue;
            }
            fresh.flush();
            PageRow read = PageRow.of(target.plan, target.pages.get(0), 0);
            int size = 2 + 4 + 4;
            for (int column = 0; column < 2; column++) {
                byte[] raw = read.getRaw(column);
                size += raw == null ? 0 : raw.length;
            }
            assertEquals(bytes.length, size, "seed " + seed);
        }
        assertTrue(refused > 1_000, "seed " + seed);
    }

    @Test
    void aRowWithoutColumnsIsARow() {
        Pages none = new Pages(columns());
        assertEquals("()", PageRow.of(none.plan, Pages.page(none, row()), 0).toString());
    }

    @Test
    void aRowMayHaveAsManyColumnsAsTheProtocolCanCount() {
        Object[] names = new Object[2 * 65_535];
        for (int i = 0; i < names.length; i += 2) {
            names[i] = "c";
            names[i + 1] = TEXT;
        }
        Pages wide = new Pages(columns(names));
        RowPage page = Pages.page(wide, row(new Object[65_535]));
        assertTrue(PageRow.of(wide.plan, page, 0).isNull(65_534));
    }

    @Test
    void fewRowsAreCopiedToTheirSize() {
        ByteBuf array = Unpooled.wrappedBuffer(new byte[16 * 1024]);
        DataRow first = put(array, 1_000, row("1", "Ada"));
        writer.append(first, two);
        writer.append(put(array, 3_000, row("2", "Bob")), two);
        assertEquals(0, two.pages.size());
        writer.flush();
        RowPage page = two.pages.get(0);
        assertArrayEquals(Pages.array(row("1", "Ada"), row("2", "Bob")).array(), page.bytes);
        assertArrayEquals(new int[] {0, first.length()}, page.starts);
        assertEquals(page.bytes.length + 8, page.retainedBytes());
        assertFalse(writer.hasTaken(array.array()));
    }

    @Test
    void aFullArrayIsTakenOverAsItIs() {
        ByteBuf array = Pages.array(row("1", "x".repeat(300)), row("2", "y"));
        writer.append(new DataRow().window(array, 0, array.writerIndex() - 12), two);
        writer.flush();
        RowPage page = two.pages.get(0);
        assertSame(array.array(), page.bytes);
        assertTrue(writer.hasTaken(array.array()));
        assertFalse(writer.hasTaken(array.array().clone()));
    }

    @Test
    void whatIsTakenStaysTakenWhenAFewMoreRowsOfItAreCopied() {
        ByteBuf array = Pages.array(row("1", "x".repeat(300)), row("2", "y"));
        int first = row("1", "x".repeat(300)).length();
        writer.append(new DataRow().window(array, 0, first), two);
        writer.flush();
        writer.append(new DataRow().window(array, first, array.writerIndex() - first), two);
        writer.flush();
        assertSame(array.array(), two.pages.get(0).bytes);
        assertNotSame(array.array(), two.pages.get(1).bytes);
        assertTrue(writer.hasTaken(array.array()));
    }

    @Test
    void anotherTargetOrAnotherArrayBeginsAnotherPage() {
        Pages other = new Pages(columns("id", INT4, "name", TEXT));
        ByteBuf array = Unpooled.wrappedBuffer(new byte[1_000]);
        writer.append(put(array, 0, row("1", "a")), two);
        writer.append(put(array, 100, row("2", "b")), other);
        writer.append(put(array, 200, row("3", "c")), two);
        writer.append(row("4", "d"), two);
        writer.flush();
        writer.flush();
        assertEquals("[1, 3, 4]", ids(two));
        assertEquals("[2]", ids(other));
        assertEquals(3, two.pages.size());
    }

    @Test
    void moreRowsThanThePlaceForThemAtFirstAreKept() {
        ByteBuf array = Unpooled.buffer(100_000).setZero(0, 100_000);
        for (int i = 0; i < 1_000; i++) {
            writer.append(put(array, i * 40, row("" + i, "n")), two);
        }
        writer.flush();
        assertEquals(1_000, two.pages.get(0).size());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(i, PageRow.of(two.plan, two.pages.get(0), i).getInt(0));
        }
    }

    private static DataRow put(ByteBuf array, int at, DataRow row) {
        array.setBytes(at, row.buffer(), row.index(), row.length());
        return new DataRow().window(array, at, row.length());
    }

    private static String ids(Pages target) {
        return target.pages.stream()
                .map(page -> PageRow.of(target.plan, page, 0).getInt(0))
                .toList()
                .toString();
    }
}
