package dev.pgwire.internal.row;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.protocol.Format;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PageRowTest {
    private static final int BOOL = 16;
    private static final int BYTEA = 17;
    private static final int INT8 = 20;
    private static final int FLOAT8 = 701;
    private static final int NUMERIC = 1700;
    private static final int ACLITEM = 1034;

    private final Pages text = new Pages(columns(
            "id", INT4, "name", TEXT, "ok", BOOL, "price", NUMERIC, "ratio", FLOAT8, "raw", BYTEA, "big", INT8, "at",
            ACLITEM));
    private final PageRow full = PageRow.of(
            text.plan, Pages.page(text, row("7", "Ada's", "t", "1.50", "0.5", "\\x00ff", "3000000000", "=r/ada")), 0);
    private final PageRow nulls = PageRow.of(text.plan, Pages.page(text, row(new Object[8])), 0);

    @Test
    void everyGetterReadsItsColumnByNumberAndByName() {
        assertEquals(8, full.size());
        assertEquals(7, full.getInt(0));
        assertEquals(7, full.getInt("id"));
        assertEquals(7L, full.getLong("id"));
        assertEquals((short) 7, full.getShort("id"));
        assertEquals(7.0, full.getDouble("id"));
        assertEquals(7f, full.getFloat("id"));
        assertEquals("Ada's", full.getString("name"));
        assertTrue(full.getBoolean("ok"));
        assertEquals(new BigDecimal("1.50"), full.getBigDecimal("price"));
        assertEquals(1.5, full.getDouble("price"));
        assertEquals(0.5, full.getDouble("ratio"));
        assertArrayEquals(new byte[] {0, -1}, full.getBytes("raw"));
        assertEquals(3_000_000_000L, full.getLong("big"));
        assertEquals("=r/ada", full.get("at"));
        assertEquals("=r/ada", full.get("at", String.class));
        assertEquals(7, full.get(0));
        assertEquals(7L, full.get(0, Long.class));
        assertEquals("7", full.getString(0));
        assertArrayEquals("7".getBytes(), full.getRaw(0));
    }

    @Test
    void theSameValuesInBinaryFormatAreTheSame() {
        Pages binary = new Pages(columns(Format.BINARY, "id", INT4, "big", INT8, "ok", BOOL, "name", TEXT));
        PageRow row = PageRow.of(binary.plan, Pages.page(binary, row(-7, 3_000_000_000L, new byte[] {1}, "Ada")), 0);
        assertEquals(-7, row.getInt(0));
        assertEquals(3_000_000_000L, row.getLong(1));
        assertTrue(row.getBoolean(2));
        assertEquals("(-7, 3000000000, true, 'Ada')", row.toString());
    }

    @Test
    void nullIsNullForObjectsAndRefusedForPrimitives() {
        for (int i = 0; i < nulls.size(); i++) {
            assertTrue(nulls.isNull(i));
            assertNull(nulls.get(i));
            assertNull(nulls.get(i, String.class));
            assertNull(nulls.getString(i));
            assertNull(nulls.getRaw(i));
        }
        assertNull(nulls.getBigDecimal(3));
        assertNull(nulls.getBytes(5));
        List<Consumer<PageRow>> primitives = List.of(
                row -> row.getInt(0),
                row -> row.getShort(0),
                row -> row.getLong(0),
                row -> row.getDouble(4),
                row -> row.getFloat(4),
                row -> row.getBoolean(2));
        for (Consumer<PageRow> primitive : primitives) {
            DataException refused = assertThrows(DataException.class, () -> primitive.accept(nulls));
            assertTrue(refused.getMessage().contains("is NULL"), refused.getMessage());
            assertTrue(refused.getMessage().startsWith("column "), refused.getMessage());
        }
        assertEquals(-1, nulls.getIntOr(0, -1));
        assertEquals(-1L, nulls.getLongOr(0, -1));
        assertEquals(-1.0, nulls.getDoubleOr(4, -1));
        assertTrue(nulls.getBooleanOr(2, true));
        assertEquals(7, full.getIntOr(0, -1));
    }

    @Test
    void whatAPrimitiveCannotHoldIsRefusedWithTheColumnsName() {
        DataException tooLarge = assertThrows(DataException.class, () -> full.getInt("big"));
        assertEquals(
                "column 6 \"big\" (int8): holds 3000000000, which int cannot hold, expected getLong",
                tooLarge.getMessage());
        assertThrows(DataException.class, () -> full.getShort("big"));
        assertThrows(DataException.class, () -> full.getInt("name"));
        assertThrows(DataException.class, () -> full.getBoolean("id"));
        assertThrows(DataException.class, () -> full.getDouble("at"));
        assertThrows(DataException.class, () -> full.get("at", Integer.class));
    }

    @Test
    void aValueThatIsNoneOfItsTypeIsRefusedWithTheColumnsName() {
        Pages pages = new Pages(columns(Format.BINARY, "id", INT4));
        PageRow row = PageRow.of(pages.plan, Pages.page(pages, row(new byte[] {1, 2, 3})), 0);
        List<Consumer<PageRow>> getters =
                List.of(r -> r.getInt(0), r -> r.getLong(0), r -> r.getDouble(0), r -> r.get(0), r -> r.getString(0));
        for (Consumer<PageRow> getter : getters) {
            DataException refused = assertThrows(DataException.class, () -> getter.accept(row));
            assertTrue(refused.getMessage().startsWith("column 0 \"id\" (int4): "), refused.getMessage());
        }
        assertArrayEquals(new byte[] {1, 2, 3}, row.getRaw(0));
    }

    @Test
    void binaryWithoutACodecCanOnlyBeHadRaw() {
        Pages pages = new Pages(columns(Format.BINARY, "at", ACLITEM));
        PageRow row = PageRow.of(pages.plan, Pages.page(pages, row(new byte[16])), 0);
        DataException refused = assertThrows(DataException.class, () -> row.get(0));
        assertTrue(refused.getMessage().contains("expected getRaw"), refused.getMessage());
        assertThrows(DataException.class, () -> row.getString(0));
        assertEquals(16, row.getRaw(0).length);
    }

    @Test
    void aColumnThatDoesNotExistIsRefusedByNumberAndByName() {
        for (int column : new int[] {Integer.MIN_VALUE, -1, 8, Integer.MAX_VALUE}) {
            InterfaceException refused = assertThrows(InterfaceException.class, () -> full.get(column));
            assertEquals("there is no column " + column + ", expected 0 to 7", refused.getMessage());
        }
        InterfaceException unknown = assertThrows(InterfaceException.class, () -> full.getString("nmae"));
        assertEquals("the result has no column \"nmae\", did you mean \"name\"?", unknown.getMessage());
    }

    @Test
    void twoColumnsOfOneNameCannotBeToldApartByIt() {
        Pages pages = new Pages(columns("a", INT4, "b", INT4, "a", INT4));
        PageRow row = PageRow.of(pages.plan, Pages.page(pages, row("1", "2", "3")), 0);
        assertEquals(2, row.getInt("b"));
        InterfaceException refused = assertThrows(InterfaceException.class, () -> row.getInt("a"));
        assertTrue(refused.getMessage().contains("several columns \"a\""), refused.getMessage());
        assertThrows(InterfaceException.class, row::toMap);
    }

    @Test
    void aRowWithoutColumnsHasNoNames() {
        Pages pages = new Pages(columns());
        PageRow row = PageRow.of(pages.plan, Pages.page(pages, row()), 0);
        assertEquals(
                "the result has no column \"a\"",
                assertThrows(InterfaceException.class, () -> row.get("a")).getMessage());
        assertTrue(assertThrows(InterfaceException.class, () -> row.get(0))
                .getMessage()
                .contains("no columns"));
        assertEquals("()", row.toString());
    }

    @Test
    void toStringIsATuple() {
        assertEquals("(7, 'Ada''s', true, 1.50, 0.5, '\\x00ff', 3000000000, '=r/ada')", full.toString());
        assertEquals("(null, null, null, null, null, null, null, null)", nulls.toString());
        Pages one = new Pages(columns("a", TEXT));
        assertEquals(
                "('x',)", PageRow.of(one.plan, Pages.page(one, row("x")), 0).toString());
    }

    @Test
    void toMapAndToArrayGiveEveryColumnInItsOrder() {
        Pages pages = new Pages(columns("b", INT4, "a", TEXT));
        PageRow row = PageRow.of(pages.plan, Pages.page(pages, row("1", null)), 0);
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("b", 1);
        expected.put("a", null);
        assertEquals(expected, row.toMap());
        assertEquals(List.of("b", "a"), new ArrayList<>(row.toMap().keySet()));
        assertArrayEquals(new Object[] {1, null}, row.toArray());
    }

    @Test
    void aMovedRowReadsWhereItIsAndAKeptOneWhereItWas() {
        Pages pages = new Pages(columns("a", TEXT, "b", TEXT));
        RowPage page = Pages.page(pages, row("1", null), row(null, "22"), row("", "x"));
        PageRow kept = PageRow.of(pages.plan, page, 0);
        PageRow moved = PageRow.movable(pages.plan);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            moved.moveTo(page, i);
            seen.add(moved.toString());
        }
        assertEquals(List.of("('1', null)", "(null, '22')", "('', 'x')"), seen);
        assertEquals("('1', null)", kept.toString());
    }

    @Test
    void everyPrimitiveHasAGetterWithAValueForNullByNumberAndByName() {
        PageRow row = full;
        assertEquals(7, row.getIntOr("id", -1));
        assertEquals(7L, row.getLongOr("id", -1));
        assertEquals((short) 7, row.getShortOr("id", (short) -1));
        assertEquals(0.5, row.getDoubleOr("ratio", -1));
        assertEquals(0.5f, row.getFloatOr("ratio", -1));
        assertTrue(row.getBooleanOr("ok", false));
        assertEquals(-1, nulls.getIntOr("id", -1));
        assertEquals(-1L, nulls.getLongOr("id", -1));
        assertEquals((short) -1, nulls.getShortOr("id", (short) -1));
        assertEquals(-1.0, nulls.getDoubleOr("ratio", -1));
        assertEquals(-1f, nulls.getFloatOr("ratio", -1));
        assertTrue(nulls.getBooleanOr("ok", true));
    }

    @Test
    void aPrimitiveOfNullNamesTheColumnAndTheGetterThatTakesAValueForIt() {
        Map<String, Consumer<PageRow>> getters = new LinkedHashMap<>();
        getters.put("getIntOr", row -> row.getInt("id"));
        getters.put("getLongOr", row -> row.getLong("id"));
        getters.put("getShortOr", row -> row.getShort("id"));
        getters.put("getDoubleOr", row -> row.getDouble("id"));
        getters.put("getFloatOr", row -> row.getFloat("id"));
        getters.put("getBooleanOr", row -> row.getBoolean("id"));
        getters.forEach((alternative, getter) -> {
            DataException refused = assertThrows(DataException.class, () -> getter.accept(nulls));
            assertEquals(
                    "column 0 \"id\" (int4): is NULL, which a primitive cannot hold, expected " + alternative
                            + " or isNull",
                    refused.getMessage());
        });
    }
}
