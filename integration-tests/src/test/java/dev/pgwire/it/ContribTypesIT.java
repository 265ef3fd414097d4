package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Cube;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Types of the extensions that come with PostgreSQL, in a schema that is not searched. */
class ContribTypesIT {
    private static Connection conn;

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("DROP SCHEMA IF EXISTS contrib CASCADE");
        conn.execute("CREATE SCHEMA contrib");
        for (String extension : List.of("hstore", "citext", "ltree", "cube")) {
            conn.execute("CREATE EXTENSION " + extension + " SCHEMA contrib");
        }
    }

    @AfterAll
    static void disconnect() {
        conn.execute("DROP SCHEMA contrib CASCADE");
        conn.close();
    }

    /** Reads a literal, compares its text with the server's, and writes back what was read. */
    private static Object read(String type, String literal) {
        String value = "'" + literal.replace("'", "''") + "'::contrib." + type;
        Row row = conn.execute(
                        "SELECT " + value + ", (" + value + ")::text, ARRAY[" + value + "], ARRAY[" + value + "]::text")
                .fetchOne();
        assertEquals(row.getString(1), row.getString(0));
        assertEquals(row.getString(3), row.getString(2));
        Object read = row.get(0);
        Row back = conn.execute("SELECT ($1::contrib." + type + ")::text, $1", read)
                .fetchOne();
        assertEquals(row.getString(1), back.getString(0));
        assertEquals(read, back.get(1));
        assertEquals(List.of(read), row.get(2));
        assertEquals(
                row.getString(1),
                conn.execute("SELECT ($1::contrib." + type + ")::text", literal)
                        .fetchOne()
                        .getString(0));
        return read;
    }

    @Test
    void anHstoreIsAMap() {
        assertEquals(Map.of(), read("hstore", ""));
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("a", "1");
        expected.put("b", null);
        expected.put("c\"\\", "é, =>");
        assertEquals(expected, read("hstore", "a=>1, b=>NULL, \"c\\\"\\\\\"=>\"é, =>\""));
        read("hstore", "\"\"=>\"\", \"NULL\"=>\"NULL\"");
    }

    @Test
    void aCitextIsAString() {
        assertEquals("ÄbC", read("citext", "ÄbC"));
    }

    @Test
    void treesAndTheirQueriesAreStrings() {
        assertEquals("Top.Science.x_1", read("ltree", "Top.Science.x_1"));
        assertEquals("", read("ltree", ""));
        assertEquals("*.a*{1,2}.!b|c", read("lquery", "*.a*{1,2}.!b|c"));
        read("ltxtquery", "Europe & Russia*@ & !Transportation");
    }

    @Test
    void aCubeHasItsCorners() {
        assertEquals(Cube.point(1.0, 2.5), read("cube", "(1,2.5)"));
        assertEquals(new Cube(List.of(3.0, 4.0), List.of(1.0, 2.0)), read("cube", "(3,4),(1,2)"));
        assertEquals(Cube.point(), read("cube", "()"));
        read("cube", "(1e-300,-Infinity),(NaN,1)");
    }
}
