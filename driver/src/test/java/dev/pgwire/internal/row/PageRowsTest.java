package dev.pgwire.internal.row;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import java.util.ArrayList;
import java.util.List;
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
        Rows none = PageRows.of(pages.plan, List.of(), 0, 0);
        assertEquals(List.of(), none);
        assertEquals(1, none.columns().size());
        assertThrows(IndexOutOfBoundsException.class, () -> none.get(0));
    }

    @Test
    void rowsAreFoundAcrossPagesWhateverIsLeftOutAtBothEnds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            made = 0;
            List<RowPage> run = new ArrayList<>();
            for (int count = 1 + random.nextInt(6); count > 0; count--) {
                run.add(page(1 + random.nextInt(9)));
            }
            int skipped = random.nextInt(run.get(0).size());
            int last = run.get(run.size() - 1).size();
            int size = run.size() == 1 ? random.nextInt(last - skipped + 1) : made - skipped - random.nextInt(last);
            Rows rows = PageRows.of(pages.plan, run, skipped, size);
            assertEquals(size, rows.size(), "seed " + seed);
            List<Integer> read = new ArrayList<>();
            for (Row row : rows) {
                read.add(row.getInt(0));
            }
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                expected.add(skipped + i);
                assertEquals(skipped + i, rows.get(i).getInt(0), "seed " + seed);
            }
            assertEquals(expected, read, "seed " + seed);
            assertThrows(IndexOutOfBoundsException.class, () -> rows.get(size));
            assertThrows(IndexOutOfBoundsException.class, () -> rows.get(-1));
        }
    }

    @Test
    void theListCannotBeChangedAndItsPartsAreLists() {
        Rows rows = PageRows.of(pages.plan, List.of(page(3), page(2)), 1, 4);
        assertThrows(UnsupportedOperationException.class, () -> rows.remove(0));
        assertThrows(UnsupportedOperationException.class, () -> rows.set(0, rows.get(1)));
        assertEquals(
                List.of("(2,)", "(3,)"),
                rows.subList(1, 3).stream().map(Row::toString).toList());
        assertEquals("[(1,), (2,), (3,), (4,)]", rows.toString());
    }
}
