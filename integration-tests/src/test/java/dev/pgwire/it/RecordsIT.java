package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Range;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows of a server as records with records, lists, enums and Optionals in them. */
class RecordsIT {
    enum Mood {
        HAPPY,
        SAD
    }

    record Address(String city, Integer zip) {}

    record Person(int id, String fullName, Mood mood, Optional<Address> address) {}

    record Visit(
            Address home, List<Address> stops, Range<LocalDate> days, List<Long> counts, Map<String, Object> raw) {}

    record Employee(int id, Employee boss) {}

    private static Connection conn;

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TYPE pg_temp.mood AS ENUM ('HAPPY', 'SAD')");
        conn.execute("CREATE TYPE pg_temp.address AS (city text, zip int)");
        conn.execute("CREATE TYPE pg_temp.employee AS (id int, boss int)");
        conn.execute("CREATE TEMP TABLE person (id int, full_name text, mood mood, address_id int)");
        conn.execute("CREATE TEMP TABLE home (id int, city text, zip int)");
        conn.execute("INSERT INTO person VALUES (1, 'Ada', 'HAPPY', 7), (2, 'Bob', 'SAD', NULL)");
        conn.execute("INSERT INTO home VALUES (7, 'London', 100)");
    }

    @AfterAll
    static void disconnect() {
        conn.close();
    }

    @Test
    void anOuterJoinMakesRecordsInRecords() {
        List<Person> expected = List.of(
                new Person(1, "Ada", Mood.HAPPY, Optional.of(new Address("London", 100))),
                new Person(2, "Bob", Mood.SAD, Optional.empty()));
        String sql = "SELECT p.id, p.full_name, p.mood, h.city AS %s, h.zip AS %s FROM person p LEFT JOIN home h"
                + " ON h.id = p.address_id ORDER BY p.id";
        for (String named : List.of(
                String.format(sql, "address_city", "address_zip"),
                String.format(sql, "\"address.city\"", "\"address.zip\""),
                String.format(sql, "\"addressCity\"", "\"addressZip\""))) {
            assertEquals(expected, conn.execute(named).fetchAll(Person.class));
            assertEquals(expected, conn.executeSimple(named).fetchAll(Person.class));
        }
    }

    @Test
    void aColumnOfACompositeTypeIsTheRecord() {
        String sql =
                "SELECT id, full_name, mood, CASE id WHEN 1 THEN ROW('London', 100)::pg_temp.address END AS address"
                        + " FROM person ORDER BY id";
        assertEquals(
                List.of(
                        new Person(1, "Ada", Mood.HAPPY, Optional.of(new Address("London", 100))),
                        new Person(2, "Bob", Mood.SAD, Optional.empty())),
                conn.execute(sql).fetchAll(Person.class));
    }

    @Test
    void typeArgumentsAreFollowed() {
        Visit visit = conn.execute(
                        "SELECT ROW('a', 1)::pg_temp.address AS home, ARRAY[ROW('b', 2)::pg_temp.address, NULL]"
                                + " AS stops, daterange('2026-01-01', '2026-02-01') AS days, '{1,2}'::int[] AS counts,"
                                + " ROW('c', 3)::pg_temp.address AS raw")
                .fetchOne(Visit.class);
        assertEquals(
                new Visit(
                        new Address("a", 1),
                        Arrays.asList(new Address("b", 2), null),
                        Range.closedOpen(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1)),
                        List.of(1L, 2L),
                        Map.of("city", "c", "zip", 3)),
                visit);
    }

    @Test
    void aRecordMayContainItselfInAColumn() {
        assertEquals(
                new Employee(1, null),
                conn.execute("SELECT 1 AS id, NULL::int AS boss").fetchOne(Employee.class));
        assertEquals(
                new Employee(1, new Employee(2, null)),
                conn.execute("SELECT 1 AS id, ROW(2, NULL)::pg_temp.employee AS boss")
                        .fetchOne(Employee.class));
        String refused = assertThrows(InterfaceException.class, () -> conn.execute("SELECT 1 AS id, 2 AS boss_id")
                        .fetchOne(Employee.class))
                .getMessage();
        assertTrue(String.valueOf(refused).startsWith("record Employee contains itself, as boss"), refused);
    }

    @Test
    void bothSidesAreShownWhereTheyDoNotFit() {
        String refused = assertThrows(InterfaceException.class, () -> conn.execute(
                                "SELECT id, full_name, mood, 'x' AS address_city, 1 AS address_zp FROM person")
                        .fetchAll(Person.class))
                .getMessage();
        assertEquals("""
                component address.zip of record Person has no column, did you mean "address_zp"?
                  component           | column
                  int id              | 0 "id" (int4)
                  String fullName     | 1 "full_name" (text)
                  Mood mood           | 2 "mood" (mood)
                  String address.city | 3 "address_city" (text)
                  Integer address.zip | none
                  none                | 4 "address_zp" (int4)""", String.valueOf(refused).replaceAll("\\(pg_temp_\\d+\\.mood\\)", "(mood)"));
    }
}
