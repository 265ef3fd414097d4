package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InvalidTextRepresentationException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the rows the server refused, as far as it can be known, whichever way they went. */
class BulkInsertPlaceIT {
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TEMP TABLE places (id int PRIMARY KEY, name text, CHECK (id <> -1))");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private static List<Object[]> rows(int count, int at, Object id) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Object[] {i == at ? id : (Object) i, "name " + i})
                .toList();
    }

    private DatabaseException refused(BulkWay way, List<Object[]> rows) {
        return assertThrows(
                DatabaseException.class,
                () -> conn.insertMany(BulkInsert.into("places", "id", "name").way(way), rows));
    }

    @ParameterizedTest
    @CsvSource({
        "PIPELINED, 10, 7",
        "PIPELINED, 10, 1",
        "PIPELINED, 20000, 19999",
        "AUTOMATIC, 50, 49",
        "COPY, 10, 7",
        "COPY, 10, 1",
        "COPY, 20000, 19999",
        "AUTOMATIC, 20000, 12345"
    })
    void theRowIsNamed(BulkWay way, int count, int at) {
        DatabaseException twice = refused(way, rows(count, at, 0));
        assertEquals(UniqueViolationException.class, twice.getClass());
        assertEquals("row " + at + " of insertMany", twice.place());
        assertTrue(twice.getMessage().endsWith("\nIN: row " + at + " of insertMany"), twice.getMessage());
        assertEquals(
                "row " + at + " of insertMany",
                refused(way, rows(count, at, -1)).place());
        assertEquals(
                "row " + at + " of insertMany",
                refused(way, rows(count, at, null)).place());
    }

    /** Of rows that go as one statement the server does not say which. */
    @ParameterizedTest
    @CsvSource({"UNNEST, 10, 7", "AUTOMATIC, 200, 199", "UNNEST, 20000, 0", "UNNEST, 20000, 19999"})
    void ofArraysTheRowsOfTheStatementAreNamed(BulkWay way, int count, int at) {
        String place = refused(way, rows(count, at, -1)).place();
        assertNotNull(place);
        var numbers = Pattern.compile("one of the rows (\\d+) to (\\d+) of insertMany")
                .matcher(place);
        assertTrue(numbers.matches(), place);
        int first = Integer.parseInt(numbers.group(1));
        int last = Integer.parseInt(numbers.group(2));
        assertTrue(first <= at && at <= last && last < count, place);
        assertTrue(count < 20000 || last - first < 10_000, place);
    }

    /** Text for a number is Bind's business, wherever the rows before it went. */
    @ParameterizedTest
    @CsvSource({"10, 7", "1000, 900", "20000, 19000"})
    void textThatIsNoNumberIsNamed(int count, int at) {
        DatabaseException wrong = refused(BulkWay.AUTOMATIC, rows(count, at, "seven"));
        assertEquals(InvalidTextRepresentationException.class, wrong.getClass());
        assertEquals("row " + at + " of insertMany", wrong.place());
    }

    @Test
    void whatConcernsNoRowNamesNone() {
        conn.execute("CREATE TEMP TABLE late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        for (BulkWay way : BulkWay.values()) {
            DatabaseException atCommit = assertThrows(
                    UniqueViolationException.class,
                    () -> conn.insertMany(
                            BulkInsert.into("late", "id").way(way), List.of(List.of(1), List.of(2), List.of(1))));
            assertNull(atCommit.place(), way.name());
        }
        assertNull(assertThrows(
                        DatabaseException.class, () -> conn.insertMany("nowhere", List.of("id"), List.of(List.of(1))))
                .place());
    }

    @Test
    void triggersAndNamesWithNumbersDoNotMislead() {
        conn.execute("CREATE TEMP TABLE \"t 5, line 6\" (\"COPY 7\" int)");
        conn.execute("CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " IF NEW.\"COPY 7\" = 3 THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$");
        conn.execute("CREATE TRIGGER refuse BEFORE INSERT ON \"t 5, line 6\" FOR EACH ROW"
                + " EXECUTE FUNCTION pg_temp.refuse()");
        for (BulkWay way : List.of(BulkWay.COPY, BulkWay.PIPELINED)) {
            BulkInsert insert = BulkInsert.into("t 5, line 6", "COPY 7").way(way);
            DatabaseException no = assertThrows(
                    DatabaseException.class,
                    () -> conn.insertMany(insert, List.of(List.of(1), List.of(2), List.of(3))));
            assertEquals("row 2 of insertMany", no.place(), way.name());
        }
    }

    @Test
    void withoutPreparedStatementsItIsTheSame() {
        try (Connection unprepared = Postgres.connect(TestServer.shared().dsn("prepare=never"))) {
            unprepared.execute("CREATE TEMP TABLE places (id int PRIMARY KEY)");
            List<List<Integer>> rows = List.of(List.of(1), List.of(2), List.of(1));
            for (BulkWay way : List.of(BulkWay.COPY, BulkWay.PIPELINED)) {
                assertEquals(
                        "row 2 of insertMany",
                        assertThrows(
                                        UniqueViolationException.class,
                                        () -> unprepared.insertMany(
                                                BulkInsert.into("places", "id").way(way), rows))
                                .place());
            }
            assertEquals(
                    "one of the rows 0 to 2 of insertMany",
                    assertThrows(
                                    UniqueViolationException.class,
                                    () -> unprepared.insertMany(
                                            BulkInsert.into("places", "id").way(BulkWay.UNNEST), rows))
                            .place());
        }
    }
}
