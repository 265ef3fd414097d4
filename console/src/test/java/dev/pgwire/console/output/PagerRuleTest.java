package dev.pgwire.console.output;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When psql pages, on a terminal of 20 columns and 10 lines. */
class PagerRuleTest {
    private static final Layout LAYOUT = Layout.DEFAULT.but().terminal(20, 10).build();

    private static Table table(int rows, String... values) {
        List<Table.Heading> headings = Collections.nCopies(values.length, new Table.Heading("a", Table.Align.LEFT));
        List<@Nullable String> row = List.of(values);
        return Table.of(headings, Collections.nCopies(rows, row));
    }

    @Test
    void headingAndRowsCountAndTheNumberOfRowsDoesNot() {
        assertFalse(LAYOUT.pages(table(8, "x")));
        assertTrue(LAYOUT.pages(table(9, "x")));
    }

    @Test
    void footersCountUnlessRowsAloneArePrinted() {
        Table table = table(7, "x").withFooters(List.of("one", "two"));

        assertTrue(LAYOUT.pages(table));
        assertFalse(LAYOUT.but().tuplesOnly(true).build().pages(table));
    }

    @Test
    void linesWithinValuesCount() {
        assertFalse(LAYOUT.pages(table(4, "x\ny", "z")));
        assertTrue(LAYOUT.pages(table(5, "x\ny", "z")));
    }

    @Test
    void wrappedLinesCount() {
        Layout wrapped = LAYOUT.but().format(Layout.Format.WRAPPED).build();

        assertFalse(wrapped.pages(table(2, "x".repeat(40))));
        assertTrue(wrapped.pages(table(5, "x".repeat(40))));
    }

    @Test
    void tableThatIsTooWideIsPagedHoweverShort() {
        assertFalse(LAYOUT.pages(table(1, "x".repeat(18))));
        assertTrue(LAYOUT.pages(table(1, "x".repeat(19))));
        assertFalse(LAYOUT.with(Layout.Format.CSV).pages(table(1, "x".repeat(19))));
    }

    @Test
    void expandedRowsCountEachOfTheirColumns() {
        Layout expanded = LAYOUT.with(Layout.Expanded.ON);

        assertFalse(expanded.pages(table(3, "x", "y")));
        assertTrue(expanded.pages(table(4, "x", "y")));
        assertFalse(expanded.pages(table(1, "x".repeat(99))));
    }

    @Test
    void expandedWhereItDoesNotFitIsNotTooWide() {
        Layout auto = LAYOUT.with(Layout.Expanded.AUTO);

        assertFalse(auto.pages(table(3, "x".repeat(20), "y")));
        assertTrue(auto.pages(table(4, "x".repeat(20), "y")));
        assertTrue(auto.pages(table(1, "x".repeat(20))));
    }

    @Test
    void withoutATerminalNothingIsPaged() {
        Layout elsewhere = Layout.DEFAULT.but().pager(Layout.Pager.ALWAYS).build();

        assertFalse(elsewhere.pages(table(10_000, "x")));
        assertFalse(elsewhere.pages(Long.MAX_VALUE));
    }
}
