package dev.pgwire.internal.record;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.RecordedRows;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.type.Range;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records in records, and components with type arguments. */
class NestedRecordTest {
    private static final int INT4S = 1007;
    private static final int INT4RANGE = 3904;

    record Country(String code) {}

    record Address(String city, Integer zip, Country country) {}

    record Person(int id, Address address) {}

    record Guest(int id, Optional<Address> address) {}

    record Employee(int id, Employee boss) {}

    record Left(Right right) {}

    record Right(int id, Left left) {}

    record Town(String city, String zip) {}

    record Pair(Town left, Town right) {}

    enum Mood {
        HAPPY,
        SAD
    }

    @Test
    void columnsWithTheNameOfAComponentBeforeTheirsMakeItsRecord() {
        Person expected = new Person(1, new Address("Rome", 100, new Country("IT")));
        for (List<String> names : List.of(
                List.of("address_city", "address_zip", "address_country_code"),
                List.of("address.city", "address.zip", "address.country.code"),
                List.of("addressCity", "addressZip", "ADDRESSCOUNTRYCODE"))) {
            RowDescription described =
                    columns("id", INT4, names.get(0), TEXT, names.get(1), INT4, names.get(2), TEXT, "other", TEXT);
            assertEquals(expected, map(Person.class, described, row("1", "Rome", "100", "IT", "-")));
        }
    }

    @Test
    void aRecordOfWhichAllColumnsAreNullIsNotThere() {
        RowDescription described =
                columns("id", INT4, "address_city", TEXT, "address_zip", INT4, "address_country_code", TEXT);
        assertEquals(new Person(1, null), map(Person.class, described, row("1", null, null, null)));
        assertEquals(
                new Person(1, new Address(null, 5, null)), map(Person.class, described, row("1", null, "5", null)));
        assertEquals(
                new Person(1, new Address(null, null, new Country("x"))),
                map(Person.class, described, row("1", null, null, "x")));
        assertEquals(new Guest(1, Optional.empty()), map(Guest.class, described, row("1", null, null, null)));
        assertEquals(
                new Guest(1, Optional.of(new Address("a", null, null))),
                map(Guest.class, described, row("1", "a", null, null)));
    }

    @Test
    void aRecordThatIsThereTwiceHasColumnsOfItsOwn() {
        assertEquals(
                new Pair(new Town("a", "1"), new Town("b", "2")),
                map(
                        Pair.class,
                        columns("left_city", TEXT, "left_zip", TEXT, "right_city", TEXT, "right_zip", TEXT),
                        row("a", "1", "b", "2")));
    }

    @Test
    void aRecordThatContainsItselfNeedsAColumn() {
        String refused = refusal(Employee.class, columns("id", INT4, "boss_id", INT4));
        assertEquals(
                "record Employee contains itself, as boss, expected a column of that name: its own columns would have"
                        + " no end",
                refused);
        refused = refusal(Left.class, columns("right_id", INT4));
        assertEquals("record Left contains itself, as right.left", refused.substring(0, refused.indexOf(',') + 15));
        assertEquals(
                new Employee(1, null), map(Employee.class, columns("id", INT4, "boss", TEXT), row("1", (Object) null)));
    }

    @Test
    void aMissingColumnOfARecordInsideIsNamedWithItsWay() {
        assertEquals(
                """
                component address.zip of record Person has no column, did you mean "address_zp"?
                  component                   | column
                  int id                      | 0 "id" (int4)
                  String address.city         | 1 "address_city" (text)
                  Integer address.zip         | none
                  String address.country.code | 2 "address_country_code" (text)
                  none                        | 3 "address_zp" (int4)""",
                refusal(
                        Person.class,
                        columns("id", INT4, "address_city", TEXT, "address_country_code", TEXT, "address_zp", INT4)));
    }

    @Test
    void anOptionalIsEmptyForNull() {
        record Optionals(Optional<Integer> number, Optional<String> text, Optional<?> any, Optional<List<Long>> list) {}
        RowDescription described = columns("number", INT4, "text", TEXT, "any", INT4, "list", INT4S);
        assertEquals(
                new Optionals(Optional.of(1), Optional.of("a"), Optional.of(2), Optional.of(List.of(3L))),
                map(Optionals.class, described, row("1", "a", "2", "{3}")));
        assertEquals(
                new Optionals(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                map(Optionals.class, described, row(new Object[4])));
        record Bare(@SuppressWarnings("rawtypes") Optional number) {}
        assertEquals(new Bare(Optional.of(1)), map(Bare.class, columns("number", INT4), row("1")));
    }

    @Test
    void typeArgumentsSayWhatIsInAList() {
        record Lists(
                List<Long> longs, Collection<String> texts, List<?> any, List<Object> objects, Range<Long> range) {}
        RowDescription described =
                columns("longs", INT4S, "texts", INT4S, "any", INT4S, "objects", INT4S, "range", INT4RANGE);
        assertEquals(
                new Lists(Arrays.asList(1L, null), List.of("1"), List.of(1), List.of(2), Range.closedOpen(1L, 5L)),
                map(Lists.class, described, row("{1,NULL}", "{1}", "{1}", "{2}", "[1,5)")));
        record Nested(List<List<Integer>> rows, int[] flat) {}
        assertEquals(
                List.of(List.of(1, 2), List.of(3, 4)),
                map(Nested.class, columns("rows", INT4S, "flat", INT4S), row("{{1,2},{3,4}}", "{5}"))
                        .rows());
        record Of<T>(List<T> values) {}
        assertEquals(new Of<>(List.of(1)), map(Of.class, columns("values", INT4S), row("{1}")));
    }

    @Test
    void aTypeArgumentThatIsNotTakenIsRefused() {
        record Odd(List<Set<Integer>> values) {}
        String refused = refusal(Odd.class, columns("values", INT4S));
        assertEquals("component values of record Odd cannot be read", refused.substring(0, refused.indexOf(':')));
    }

    @Test
    void anEnumIsTakenByItsName() {
        record Moods(Mood mood, Optional<Mood> other, List<Mood> all) {}
        assertEquals(
                new Moods(Mood.HAPPY, Optional.of(Mood.SAD), List.of(Mood.SAD)),
                map(Moods.class, columns("mood", TEXT, "other", TEXT, "all", 1009), row("HAPPY", "SAD", "{SAD}")));
    }

    @Test
    void aTypeThatDoesNotFitIsShownSideBySide() {
        record Wrong(int id, Optional<OptionalInt> count, List<Integer> tags) {}
        DataException refused = assertThrows(
                DataException.class,
                () -> map(Wrong.class, columns("id", INT4, "count", INT4, "tags", TEXT), row("1", "2", "{3}")));
        List<String> lines = String.valueOf(refused.getMessage()).lines().toList();
        assertTrue(
                lines.get(0).startsWith("column 1 \"count\" (int4): int4 cannot be read as OptionalInt; possible: "),
                lines.get(0));
        assertEquals(
                List.of(
                        "  component                   | column",
                        "  int id                      | 0 \"id\" (int4)",
                        "  Optional<OptionalInt> count | 1 \"count\" (int4)",
                        "  List<Integer> tags          | 2 \"tags\" (text)"),
                lines.subList(1, lines.size()));
    }

    private static <T extends Record> T map(Class<T> type, RowDescription description, DataRow row) {
        RecordedRows rows = new RecordedRows(description);
        return rows.plan().mapper(type).map(rows.row(row));
    }

    private static String refusal(Class<? extends Record> type, RowDescription description) {
        return String.valueOf(assertThrows(
                        InterfaceException.class,
                        () -> new RecordedRows(description).plan().mapper(type))
                .getMessage());
    }
}
