package dev.pgwire.internal.row;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import dev.pgwire.testing.Seed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageRowsTest {
    private final Pages pages = new Pages(columns("id", INT4));
    private int made;

    private RowPage page(int size) {
        DataRow[] rows = new DataRow[size];
        for (int i = 0; i < size; i++) {
            rows[i] = row("" + made++);
        }
        return Pages.page(pages, rows);
    }

    @Test
    void noPagesAreNoRows() {
        Rows none = PageRows.of(pages.plan, List.of());
        assertEquals(List.of(), none);
        assertEquals(1, none.columns().size());
        assertThrows(IndexOutOfBoundsException.class, () -> none.get(0));
    }

    @Test
    void rowsAreFoundAcrossPagesWhateverIsLeftOutAtBothEnds() {
        Seed seed = Seed.take();
        Random random = seed.random();
        for (int round = 0; round < 300; round++) {
            made = 0;
            List<KeptRows> run = new ArrayList<>();
            List<Integer> expected = new ArrayList<>();
            for (int count = 1 + random.nextInt(6); count > 0; count--) {
                int from = random.nextInt(9);
                int to = from + 1 + random.nextInt(9);
                for (int i = from; i < to; i++) {
                    expected.add(made + i);
                }
                run.add(page(to + random.nextInt(3)).keep(from, to));
            }
            int size = expected.size();
            Rows rows = PageRows.of(pages.plan, run);
            assertEquals(size, rows.size(), seed::toString);
            List<Integer> read = new ArrayList<>();
            for (Row row : rows) {
                read.add(row.getInt(0));
            }
            for (int i = 0; i < size; i++) {
                assertEquals(expected.get(i), rows.get(i).getInt(0), seed::toString);
            }
            assertEquals(expected, read, seed::toString);
            assertThrows(IndexOutOfBoundsException.class, () -> rows.get(size));
            assertThrows(IndexOutOfBoundsException.class, () -> rows.get(-1));
            Iterator<Row> along = rows.iterator();
            for (int i = 0; i < size; i++) {
                along.next();
            }
            assertFalse(along.hasNext());
            assertThrows(NoSuchElementException.class, along::next);
        }
    }

    @Test
    void theListCannotBeChangedAndItsPartsAreLists() {
        Rows rows = PageRows.of(pages.plan, List.of(page(3).keep(1, 3), page(2).keep(0, 2)));
        assertThrows(UnsupportedOperationException.class, () -> rows.remove(0));
        assertThrows(UnsupportedOperationException.class, () -> rows.set(0, rows.get(1)));
        assertEquals(
                List.of("(2,)", "(3,)"),
                rows.subList(1, 3).stream().map(Row::toString).toList());
        assertEquals("[(1,), (2,), (3,), (4,)]", rows.toString());
    }
}
