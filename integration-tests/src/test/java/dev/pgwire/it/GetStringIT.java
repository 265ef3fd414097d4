package dev.pgwire.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.DataException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code Row.getString} says of itself: {@code column::text} under the server's default settings, but for two types. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GetStringIT {
    private static final List<String> VALUES = List.of(
            "true",
            "'x'::\"char\"",
            "'\\x00ff'::bytea",
            "'a name'::name",
            "(-5)::int2",
            "5::int4",
            "5::int8",
            "4000000000::oid",
            "'text'::text",
            "'{\"a\": 1}'::json",
            "'{\"a\":1}'::jsonb",
            "1.5::float4",
            "0.1::float8",
            "1e300::float8",
            "'-Infinity'::float8",
            "12.3400::numeric",
            "'NaN'::numeric",
            "'varying'::varchar(20)",
            "'2024-02-01'::date",
            "'0044-03-15 BC'::date",
            "'infinity'::date",
            "'12:34:56.7'::time",
            "'24:00'::time",
            "'2024-02-01 12:34:56.789'::timestamp",
            "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
            "'1 day 02:03'::interval",
            "'12:34+02'::timetz",
            "12::money",
            "B'101'",
            "'16/B374D848'::pg_lsn",
            "'pg_class'::regclass",
            // Without a codec here, so as the server prints them.
            "'{1,2}'::int4[]",
            "'{2024-02-01}'::date[]",
            "'2024-02-01 12:00+00'::timestamptz::text",
            "'[1,5)'::int4range",
            "'(1,2)'::point",
            "'10.0.0.0/8'::cidr",
            "row(1, 'a')");

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("SET TimeZone = 'Asia/Kolkata'");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    /** The value and its text: first as the statement is prepared, then as a simple Query. */
    private List<String> both(String value) {
        String sql = "SELECT " + value + ", (" + value + ")::text";
        List<String> seen = new ArrayList<>();
        for (boolean simple : new boolean[] {false, true}) {
            try (Cursor cursor = simple ? conn.cursor().executeSimple(sql) : conn.execute(sql)) {
                Row row = cursor.fetchOne();
                seen.add(row.getString(0));
                seen.add(row.getString(1));
            }
        }
        return seen;
    }

    private void isItsText(String value) {
        List<String> seen = both(value);
        String text = seen.get(1);
        assertEquals(List.of(text, text, text, text), seen, value);
    }

    private void differs(String value, String text, String here) {
        assertEquals(List.of(here, text, here, text), both(value), value);
        assertNotEquals(text, here);
    }

    @Test
    void itIsTheTextOfTheServerUnderItsDefaultSettings() {
        VALUES.forEach(this::isItsText);
    }

    @Test
    void twoTypesDifferAlways() {
        differs("'2024-02-01 12:00+00'::timestamptz", "2024-02-01 17:30:00+05:30", "2024-02-01 12:00:00+00");
        differs("'ab'::char(5)", "ab", "ab   ");
        differs(
                "'{2024-02-01 12:00+00}'::timestamptz[]",
                "{\"2024-02-01 17:30:00+05:30\"}",
                "{\"2024-02-01 12:00:00+00\"}");
        differs(
                "'[2024-02-01 12:00+00,)'::tstzrange",
                "[\"2024-02-01 17:30:00+05:30\",)",
                "[\"2024-02-01 12:00:00+00\",)");
    }

    /** What came in binary is written here, as the default settings have it; what came as text is the server's. */
    @Test
    void whatComesInBinaryDoesNotFollowTheSettings() {
        conn.execute("SET bytea_output = 'escape'");
        conn.execute("SET DateStyle = 'SQL, DMY'");
        conn.execute("SET extra_float_digits = 0");
        conn.execute("SET IntervalStyle = 'iso_8601'");
        follows("'\\x00ff'::bytea", "\\x00ff", "\\000\\377");
        follows("'2024-02-01'::date", "2024-02-01", "01/02/2024");
        follows("'2024-02-01 12:00'::timestamp", "2024-02-01 12:00:00", "01/02/2024 12:00:00");
        follows("'{2024-02-01}'::date[]", "{2024-02-01}", "{01/02/2024}");
        follows("'[2024-02-01,)'::daterange", "[2024-02-01,)", "[01/02/2024,)");
        follows("0.1::float8 + 0.2::float8", "0.30000000000000004", "0.3");
        follows("'1 day 02:03'::interval", "1 day 02:03:00", "P1DT2H3M");
        String timestamptz = "SELECT '2024-02-01 12:00+00'::timestamptz";
        assertEquals(
                "2024-02-01 12:00:00+00", conn.execute(timestamptz).fetchOne().getString(0));
        try (Cursor cursor = conn.cursor().executeSimple(timestamptz)) {
            Row row = cursor.fetchOne();
            String refused =
                    assertThrows(DataException.class, () -> row.getString(0)).getMessage();
            assertTrue(refused.contains("in DateStyle ISO"), refused);
            assertEquals("01/02/2024 17:30:00 IST", new String(row.getRaw(0), UTF_8));
        }
    }

    private void follows(String value, String inBinary, String text) {
        assertEquals(List.of(inBinary, text, text, text), both(value), value);
    }
}
