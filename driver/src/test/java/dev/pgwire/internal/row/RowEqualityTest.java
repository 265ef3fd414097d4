package dev.pgwire.internal.row;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.INT8;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowEqualityTest {
    private static final RowDescription ID_AND_NAME = columns("id", INT4, "name", TEXT);

    private static Row only(RowDescription description, DataRow row) {
        return rows(description, row).get(0);
    }

    private static Rows rows(RowDescription description, DataRow... rows) {
        Pages pages = new Pages(description);
        return PageRows.of(pages.plan, List.of(Pages.page(pages, rows).keep(0, rows.length)));
    }

    private static void assertAlike(Object one, Object two) {
        assertEquals(one, two);
        assertEquals(two, one);
        assertEquals(one.hashCode(), two.hashCode());
    }

    @Test
    void rowsOfTwoResultsWithTheSameContentAreEqual() {
        assertAlike(only(ID_AND_NAME, row("1", "Ada")), only(ID_AND_NAME, row("1", "Ada")));
        assertAlike(only(ID_AND_NAME, row(null, "")), only(ID_AND_NAME, row(null, "")));
        assertAlike(only(columns(), row()), only(columns(), row()));
    }

    @Test
    void whereARowLiesDoesNotCount() {
        Pages pages = new Pages(ID_AND_NAME);
        RowPage page = Pages.page(pages, row("7", "first"), row("1", "Ada"));
        assertAlike(page.keep(pages.plan, 1), only(ID_AND_NAME, row("1", "Ada")));
    }

    @Test
    void aValueThatDiffersMakesTheRowDiffer() {
        Row row = only(ID_AND_NAME, row("1", "Ada"));
        assertNotEquals(row, only(ID_AND_NAME, row("2", "Ada")));
        assertNotEquals(row, only(ID_AND_NAME, row("1", "Ad")));
        assertNotEquals(row, only(ID_AND_NAME, row("1A", "da")));
        assertNotEquals(row, only(ID_AND_NAME, row(null, "Ada")));
        assertNotEquals(only(ID_AND_NAME, row("1", "")), only(ID_AND_NAME, row("1", null)));
    }

    @Test
    void namesTypesAndFormatsCount() {
        Row row = only(ID_AND_NAME, row("1", "Ada"));
        assertNotEquals(row, only(columns("id", INT4, "nom", TEXT), row("1", "Ada")));
        assertNotEquals(row, only(columns("id", INT8, "name", TEXT), row("1", "Ada")));
        assertNotEquals(row, only(columns("id", INT4), row("1")));
        assertNotEquals(only(columns("id", INT4), row("1234")), only(columns(Format.BINARY, "id", INT4), row("1234")));
        assertNotEquals(row, "(1, 'Ada')");
        assertNotEquals(row, null);
    }

    @Test
    void theTableAndTheModifierOfAColumnDoNotCount() {
        RowDescription ofTable = new RowDescription(List.of(
                new RowDescription.Field("id", 16385, (short) 1, INT4, (short) 4, 7, Format.TEXT),
                ID_AND_NAME.fields().get(1)));
        assertAlike(only(ofTable, row("1", "Ada")), only(ID_AND_NAME, row("1", "Ada")));
    }

    @Test
    void rowsKeepTheContractOfList() {
        Rows rows = rows(ID_AND_NAME, row("1", "Ada"), row("2", "Grace"));
        List<Row> copy = new ArrayList<>(rows);
        assertAlike(rows, copy);
        assertAlike(rows, rows(ID_AND_NAME, row("1", "Ada"), row("2", "Grace")));
        assertNotEquals(rows, rows(ID_AND_NAME, row("2", "Grace"), row("1", "Ada")));
        assertNotEquals(rows, copy.subList(0, 1));
        assertAlike(PageRows.of(new Pages(ID_AND_NAME).plan, List.of()), List.of());
        assertEquals(1, rows.indexOf(copy.get(1)));
        assertEquals(Set.of(copy.get(0), copy.get(1)), new HashSet<>(rows));
    }
}
