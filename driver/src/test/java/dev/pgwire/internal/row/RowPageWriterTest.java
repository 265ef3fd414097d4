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
import dev.pgwire.testing.Seed;
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
                "0002                                   | column 0 of DataRow is missing",
                "0002 ffffff                            | column 0 of DataRow is missing",
                "0002 ffffffff                          | column 1 of DataRow is missing",
                "0002 ffffffff 000000                   | column 1 of DataRow is missing",
                "0002 ffffffff 00000001                 | column 1 of DataRow has length 1, expected -1 for NULL or 0 to 0",
                "0002 00000005 00000000                 | column 0 of DataRow has length 5, expected -1 for NULL or 0 to 4",
                "0002 7fffffff ffffffff                 | column 0 of DataRow has length 2147483647",
                "0002 fffffffe ffffffff                 | column 0 of DataRow has length -2",
                "0002 80000000 ffffffff                 | column 0 of DataRow has length -2147483648",
                "0002 ffffffff fffffffe                 | column 1 of DataRow has length -2",
                "0002 ffffffff ffffffff 00              | 1 bytes of DataRow remain",
                "0002 00000001 61 00000000 0000         | 2 bytes of DataRow remain",
            })
    void aRowThatLiesIsRefused(String body, String message) {
        byte[] bytes = HexFormat.of().parseHex(body.replace(" ", ""));
        // What follows in the array must not be taken for the rest of the row.
        byte[] frame = Pages.frame(bytes);
        byte[] array = Arrays.copyOf(frame, frame.length + 64);
        ProtocolViolation refused =
                assertThrows(ProtocolViolation.class, () -> writer.append(array, 0, frame.length, two));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        writer.flush();
        assertEquals(0, two.pages.size());
    }

    @Test
    void everyCutOfARowIsRefused() {
        byte[] whole = Pages.body(row("1", "Ada"));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Pages.frame(Arrays.copyOf(whole, length));
            assertThrows(ProtocolViolation.class, () -> writer.append(cut, 0, cut.length, two), "cut at " + length);
        }
    }

    @Test
    void aFrameThatIsNotThereAsAWholeIsLeftForLater() {
        byte[] frames = Pages.frames(row("1", "Ada"), row("2", "Bob"));
        int second = Pages.frames(row("1", "Ada")).length;
        for (int end = 0; end < frames.length; end++) {
            assertEquals(end < second ? 0 : second, new RowPageWriter().append(frames, 0, end, two));
        }
        assertEquals(frames.length, writer.append(frames, 0, frames.length, two));
    }

    @Test
    void aRunEndsWithWhatIsNoRow() {
        byte[] rows = Pages.frames(row("1", "Ada"), row("2", "Bob"));
        byte[] array = Arrays.copyOf(rows, rows.length + 6);
        array[rows.length] = 'C';
        assertEquals(rows.length, writer.append(array, 0, array.length, two));
        writer.flush();
        assertEquals(2, two.pages.get(0).size());
    }

    @Test
    void mutatedRowsAreRefusedOrLieInsideTheirBytes() {
        Seed seed = Seed.take();
        Random random = seed.random();
        byte[] good = Pages.body(row("12", "Ada"));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            RowPageWriter fresh = new RowPageWriter();
            Pages target = new Pages(columns("id", TEXT, "name", TEXT));
            try {
                byte[] frame = Pages.frame(bytes);
                fresh.append(frame, 0, frame.length, target);
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
            assertEquals(bytes.length, size, seed::toString);
        }
        assertTrue(refused > 1_000, seed::toString);
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
        byte[] array = new byte[16 * 1024];
        put(array, 1_000, two, row("1", "Ada"));
        put(array, 3_000, two, row("22", null));
        assertEquals(0, two.pages.size());
        writer.flush();
        RowPage page = two.pages.get(0);
        byte[] first = columnsOf(row("1", "Ada"));
        byte[] second = columnsOf(row("22", null));
        assertEquals(first.length + second.length, page.bytes.length);
        assertArrayEquals(first, Arrays.copyOf(page.bytes, first.length));
        assertArrayEquals(second, Arrays.copyOfRange(page.bytes, first.length, page.bytes.length));
        assertArrayEquals(new int[] {0, 5, first.length, first.length + 6}, page.places);
        assertEquals(page.bytes.length + 4 * 4, page.retainedBytes());
        assertFalse(writer.hasTaken(array));
    }

    @Test
    void aFullArrayIsTakenOverAsItIs() {
        byte[] array = Pages.frames(row("1", "x".repeat(300)));
        writer.append(array, 0, array.length, two);
        writer.flush();
        RowPage page = two.pages.get(0);
        assertSame(array, page.bytes);
        assertTrue(writer.hasTaken(array));
        assertFalse(writer.hasTaken(array.clone()));
        writer.leave(array);
        assertFalse(writer.hasTaken(array));
    }

    @Test
    void whatIsTakenStaysTakenWhenAFewMoreRowsOfItAreCopied() {
        byte[] array = Pages.frames(row("1", "x".repeat(300)), row("2", "y"));
        int first = Pages.frames(row("1", "x".repeat(300))).length;
        writer.append(array, 0, first, two);
        writer.flush();
        writer.append(array, first, array.length, two);
        writer.flush();
        assertSame(array, two.pages.get(0).bytes);
        assertNotSame(array, two.pages.get(1).bytes);
        assertTrue(writer.hasTaken(array));
    }

    @Test
    void anArrayIsFreeAgainWhenTheLastOfItsPagesIsGivenBack() {
        byte[] array = Pages.frames(row("1", "x".repeat(300)), row("2", "y".repeat(300)));
        int first = array.length / 2;
        writer.append(array, 0, first, two);
        writer.flush();
        writer.append(array, first, array.length, two);
        writer.flush();
        two.pages.get(0).giveBack();
        assertTrue(writer.hasTaken(array));
        two.pages.get(1).giveBack();
        assertFalse(writer.hasTaken(array));
    }

    @Test
    void thePlacesOfAPageThatWasGivenBackServeTheNextButOne() {
        byte[] array = Pages.frames(row("1", "x".repeat(300)));
        for (int i = 0; i < 3; i++) {
            writer.append(array, 0, array.length, two);
            writer.flush();
            if (i == 0) {
                two.pages.get(0).giveBack();
            }
        }
        assertNotSame(two.pages.get(0).places, two.pages.get(1).places);
        assertNotSame(two.pages.get(1).places, two.pages.get(2).places);
        assertSame(two.pages.get(0).places, two.pages.get(2).places);
    }

    @Test
    void theBytesOfRowsThatWereKeptAreNotTakenBack() {
        byte[] array = Pages.frames(row("1", "x".repeat(300)));
        for (int i = 0; i < 2; i++) {
            writer.append(array, 0, array.length, two);
            writer.flush();
        }
        PageRow kept = two.pages.get(0).keep(two.plan, 0);
        two.pages.get(0).giveBack();
        two.pages.get(1).giveBack();
        assertTrue(writer.hasTaken(array));
        Arrays.fill(two.pages.get(0).places, -1);
        assertEquals(1, kept.getInt(0));
    }

    @Test
    void aPageOfAnArrayThatWasLeftFreesNothing() {
        byte[] old = Pages.frames(row("1", "x".repeat(300)));
        byte[] now = old.clone();
        writer.append(old, 0, old.length, two);
        writer.flush();
        writer.leave(old);
        writer.append(now, 0, now.length, two);
        writer.flush();
        two.pages.get(0).giveBack();
        assertTrue(writer.hasTaken(now));
    }

    @Test
    void anotherTargetOrAnotherArrayBeginsAnotherPage() {
        Pages other = new Pages(columns("id", INT4, "name", TEXT));
        byte[] array = new byte[1_000];
        put(array, 0, two, row("1", "a"));
        put(array, 100, other, row("2", "b"));
        put(array, 200, two, row("3", "c"));
        put(new byte[100], 0, two, row("4", "d"));
        writer.flush();
        writer.flush();
        assertEquals("[1, 3, 4]", ids(two));
        assertEquals("[2]", ids(other));
        assertEquals(3, two.pages.size());
    }

    @Test
    void moreRowsThanThePlaceForThemAtFirstAreKept() {
        byte[] array = new byte[100_000];
        for (int i = 0; i < 1_000; i++) {
            put(array, i * 40, two, row("" + i, "n"));
        }
        writer.flush();
        assertEquals(1_000, two.pages.get(0).size());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(i, PageRow.of(two.plan, two.pages.get(0), i).getInt(0));
        }
    }

    /** The body of a message behind its count of columns. */
    private static byte[] columnsOf(DataRow row) {
        byte[] body = Pages.body(row);
        return Arrays.copyOfRange(body, 2, body.length);
    }

    private void put(byte[] array, int at, Pages target, DataRow row) {
        byte[] frame = Pages.frames(row);
        System.arraycopy(frame, 0, array, at, frame.length);
        writer.append(array, at, at + frame.length, target);
    }

    private static String ids(Pages target) {
        return target.pages.stream()
                .map(page -> PageRow.of(target.plan, page, 0).getInt(0))
                .toList()
                .toString();
    }

    @Test
    void aPageThatIsGivenBackTwiceLeavesTheOthersOfItsArrayAlone() {
        byte[] first = Pages.frames(row("1", "Ada"), row("2", "Bob"));
        byte[] array = Arrays.copyOf(first, 2 * first.length);
        System.arraycopy(first, 0, array, first.length, first.length);
        writer.append(array, 0, first.length, two);
        writer.flush();
        writer.append(array, first.length, array.length, two);
        writer.flush();
        two.pages.get(0).giveBack();
        two.pages.get(0).giveBack();
        assertTrue(writer.hasTaken(array));
        two.pages.get(1).giveBack();
        assertFalse(writer.hasTaken(array));
    }
}
