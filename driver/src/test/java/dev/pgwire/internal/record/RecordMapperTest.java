package dev.pgwire.internal.record;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.RecordedRows;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.RowDescription;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordMapperTest {
    private static final int CHAR = 18;
    private static final int INT8 = 20;
    private static final int FLOAT8 = 701;
    private static final int NUMERIC = 1700;
    private static final RowDescription NUMBERS =
            columns("i", INT4, "l", INT8, "s", 21, "d", FLOAT8, "f", 700, "b", 16, "boxed", INT4, "c", TEXT);

    private record User(int id, String fullName) {}

    private record Boxed(Integer id) {}

    private record Nothing() {}

    private record Numbers(int i, long l, short s, double d, float f, boolean b, Integer boxed, char c) {}

    private record Failing(int id) {
        private static Throwable failure;

        Failing {
            throw Failing.<RuntimeException>unseen(failure);
        }

        @SuppressWarnings("unchecked") // Which is the trick: the compiler is told that it is unchecked.
        private static <E extends Throwable> E unseen(Throwable any) throws E {
            throw (E) any;
        }
    }

    private record Positive(int id) {
        Positive {
            if (id < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    @Test
    void aClassThatIsNoRecordIsSaidToBeNone() {
        RecordedRows rows = new RecordedRows(columns("id", INT4));
        String message = assertThrows(
                        InterfaceException.class, () -> rows.plan().mapper(Record.class))
                .getMessage();
        assertEquals("java.lang.Record is not the class of a record, expected one", message);
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
        assertEquals("""
                component fullName of record User has no column
                  component       | column
                  int id          | 0 "id" (int4)
                  String fullName | none
                  none            | 1 "name" (text)""", refused.getMessage());
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
        assertTrue(
                refused.getMessage().contains("component id of record Positive is a primitive"), refused.getMessage());
    }

    @Test
    void aValueThatDoesNotFitNamesItsColumn() {
        DataException refused =
                assertThrows(DataException.class, () -> map(Boxed.class, columns("id", TEXT), row("x")));
        assertTrue(refused.getMessage().startsWith("column 0 \"id\" (text)"), refused.getMessage());
    }

    @Test
    void aNullForAPrimitiveNamesTheComponentAndTheColumnAndWhatWasExpected() {
        InterfaceException refused = assertThrows(
                InterfaceException.class,
                () -> map(Numbers.class, NUMBERS, row((byte[]) null, "2", "3", "4", "5", "t", "6", "x")));
        assertEquals(
                "column 0 \"i\" is NULL, and component i of record Numbers is a primitive (int), expected Integer or"
                        + " Optional<Integer>",
                refused.getMessage());
        for (int column = 0; column < NUMBERS.fields().size(); column++) {
            Object[] values = {"1", "2", "3", "4", "5", "t", "6", "x"};
            if (column == 6) {
                continue;
            }
            values[column] = null;
            refused = assertThrows(InterfaceException.class, () -> map(Numbers.class, NUMBERS, row(values)));
            assertTrue(refused.getMessage().startsWith("column " + column + " \""), refused.getMessage());
        }
    }

    @Test
    void primitivesAreReadAsTheyAre() {
        assertEquals(
                new Numbers(-1, 1L << 40, (short) 3, 0.1, 0.1f, true, -6, 'x'),
                map(Numbers.class, NUMBERS, row("-1", "1099511627776", "3", "0.1", "0.1", "t", "-6", "x")));
    }

    @Test
    void aPrimitiveOfAnotherTypeTakesWhatFits() {
        assertEquals(new Positive(7), map(Positive.class, columns("id", INT8), row("7")));
        assertEquals(new Positive(7), map(Positive.class, columns("id", NUMERIC), row("7.00")));
        assertEquals(new Positive(7), map(Positive.class, columns(Format.BINARY, "id", INT8), row(7L)));
        DataException refused =
                assertThrows(DataException.class, () -> map(Positive.class, columns("id", INT8), row("2147483648")));
        assertEquals(
                "column 0 \"id\" (int8): 2147483648 of type int8 is not from -2147483648 to 2147483647",
                refused.getMessage());
        assertEquals("22003", refused.sqlState());
        record Rounded(float value) {}
        refused = assertThrows(DataException.class, () -> map(Rounded.class, columns("value", FLOAT8), row("0.1")));
        assertTrue(refused.getMessage().contains("float8 cannot be read as Float"), refused.getMessage());
    }

    @Test
    void objectsAreReadAsTheyAre() {
        record Objects(
                BigDecimal numeric,
                LocalDate date,
                LocalDateTime timestamp,
                OffsetDateTime timestamptz,
                UUID uuid,
                byte[] bytes,
                Object any,
                Instant instant,
                Thread.State constant,
                String number) {}
        RowDescription description = columns(
                "numeric",
                NUMERIC,
                "date",
                1082,
                "timestamp",
                1114,
                "timestamptz",
                1184,
                "uuid",
                2950,
                "bytes",
                17,
                "any",
                INT8,
                "instant",
                1184,
                "constant",
                TEXT,
                "number",
                INT4);
        String uuid = "00000000-0000-0001-0000-000000000002";
        Objects read = map(
                Objects.class,
                description,
                row(
                        "1.50",
                        "2026-02-03",
                        "2026-02-03 04:05:06",
                        "2026-02-03 04:05:06+00",
                        uuid,
                        "\\x0102",
                        "9",
                        "2026-02-03 04:05:06+00",
                        "BLOCKED",
                        "42"));
        assertEquals(new BigDecimal("1.50"), read.numeric());
        assertEquals(LocalDate.of(2026, 2, 3), read.date());
        assertEquals(LocalDateTime.of(2026, 2, 3, 4, 5, 6), read.timestamp());
        assertEquals(OffsetDateTime.of(2026, 2, 3, 4, 5, 6, 0, ZoneOffset.UTC), read.timestamptz());
        assertEquals(new UUID(1, 2), read.uuid());
        assertArrayEquals(new byte[] {1, 2}, read.bytes());
        assertEquals(9L, read.any());
        assertEquals(Instant.parse("2026-02-03T04:05:06Z"), read.instant());
        assertEquals(Thread.State.BLOCKED, read.constant());
        assertEquals("42", read.number());
        assertEquals(
                new Objects(null, null, null, null, null, null, null, null, null, null),
                map(Objects.class, description, row(new Object[10])));
    }

    @Test
    void aByteThatIsNoTextIsTheCharacterItself() {
        record Kind(String kind) {}
        assertEquals(new Kind("\u00e9"), map(Kind.class, columns("kind", CHAR), row("\\351")));
    }

    @Test
    void theFirstComponentThatCannotBeReadIsTheOneThatIsNamed() {
        DataException refused = assertThrows(
                DataException.class, () -> map(User.class, columns("full_name", TEXT, "id", TEXT), row("a", "b")));
        assertTrue(refused.getMessage().startsWith("column 1 \"id\""), refused.getMessage());
        record Pair(Integer left, Integer right) {}
        refused = assertThrows(
                DataException.class, () -> map(Pair.class, columns("right", TEXT, "left", TEXT), row("a", "b")));
        assertTrue(refused.getMessage().startsWith("column 1 \"left\""), refused.getMessage());
    }

    @Test
    void aRecordMayHaveAsManyComponentsAsOneUsuallyNeeds() {
        record Local(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m) {}
        Object[] columns = new Object[26];
        Object[] values = new Object[13];
        for (int i = 0; i < values.length; i++) {
            columns[2 * i] = String.valueOf((char) ('a' + i));
            columns[2 * i + 1] = INT4;
            values[i] = i;
        }
        assertEquals(
                new Local(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
                map(Local.class, columns(Format.BINARY, columns), row(values)));
    }

    @Test
    void whatTheRecordItselfThrowsArrivesAsItIs() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> map(Positive.class, columns("id", INT4), row("-1")));
        assertEquals("negative", refused.getMessage());
    }

    @Test
    void whatTheRecordItselfThrowsArrivesAsItWasMade() {
        IllegalStateException failure = new IllegalStateException();
        Failing.failure = failure;
        assertSame(
                failure,
                assertThrows(IllegalStateException.class, () -> map(Failing.class, columns("id", INT4), row("1"))));
        AssertionError error = new AssertionError();
        Failing.failure = error;
        assertSame(error, assertThrows(AssertionError.class, () -> map(Failing.class, columns("id", INT4), row("1"))));
        Exception checked = new Exception();
        Failing.failure = checked;
        InterfaceException wrapped =
                assertThrows(InterfaceException.class, () -> map(Failing.class, columns("id", INT4), row("1")));
        assertSame(checked, wrapped.getCause());
    }

    private static <T extends Record> T map(Class<T> type, RowDescription description, DataRow row) {
        RecordedRows rows = new RecordedRows(description);
        return rows.plan().mapper(type).map(rows.row(row));
    }
}
