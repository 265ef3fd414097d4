package dev.pgwire.internal.row;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.RowDescription;
import org.junit.jupiter.api.Test;

class RecordMapperTest {
    private record User(int id, String fullName) {}

    private record Boxed(Integer id) {}

    private record Nothing() {}

    private record Positive(int id) {
        Positive {
            if (id < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    @Test
    void aComponentTakesTheColumnOfItsName() {
        assertEquals(
                new User(7, "Ada"),
                map(User.class, columns("full_name", TEXT, "x", TEXT, "ID", INT4), row("Ada", "-", "7")));
        assertEquals(new User(7, null), map(User.class, columns("fullname", TEXT, "id", INT4), row(null, "7")));
        assertEquals(new Nothing(), map(Nothing.class, columns("a", TEXT), row("1")));
    }

    @Test
    void aComponentWithoutAColumnIsRefusedWithBothSides() {
        InterfaceException refused = assertThrows(
                InterfaceException.class, () -> map(User.class, columns("id", INT4, "name", TEXT), row("1", "a")));
        assertEquals(
                "component fullName of record User has no column; the components are [id, fullName], the columns [id, name]",
                refused.getMessage());
    }

    @Test
    void aComponentThatCouldTakeTwoColumnsIsRefused() {
        InterfaceException refused = assertThrows(
                InterfaceException.class, () -> map(Boxed.class, columns("id", INT4, "i_d", INT4), row("1", "2")));
        assertTrue(refused.getMessage().contains("column 0 or 1"), refused.getMessage());
    }

    @Test
    void nullFitsAnObjectAndNoPrimitive() {
        assertEquals(new Boxed(null), map(Boxed.class, columns("id", INT4), row(new Object[1])));
        InterfaceException refused = assertThrows(
                InterfaceException.class, () -> map(Positive.class, columns("id", INT4), row(new Object[1])));
        assertTrue(refused.getMessage().contains("component id is a primitive"), refused.getMessage());
    }

    @Test
    void aValueThatDoesNotFitNamesItsColumn() {
        DataException refused =
                assertThrows(DataException.class, () -> map(Boxed.class, columns("id", TEXT), row("x")));
        assertTrue(refused.getMessage().startsWith("column 0 \"id\" (text)"), refused.getMessage());
    }

    @Test
    void whatTheRecordItselfThrowsArrivesAsItIs() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> map(Positive.class, columns("id", INT4), row("-1")));
        assertEquals("negative", refused.getMessage());
    }

    private static <T extends Record> T map(Class<T> type, RowDescription description, DataRow row) {
        Pages pages = new Pages(description);
        return RecordMapper.of(type, pages.plan).map(PageRow.of(pages.plan, Pages.page(pages, row), 0));
    }
}
