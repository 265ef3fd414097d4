package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.PgArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A million random values, as many of each type as of another, against the server's text: read in both formats, and written
 * back. The message of a failure says what repeats it.
 */
class TypesRandomIT {
    private static final int ALL = Seed.draws(1_000_000);

    /** Rows of an INSERT. */
    private static final int AT_ONCE = 200;

    private static Connection conn;
    private static List<RandomFamily> families;

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("SET TIME ZONE 'UTC'");
        conn.execute("DROP SCHEMA IF EXISTS random_it CASCADE");
        RandomFamilies.DEFINITIONS.forEach(conn::execute);
        families = RandomFamilies.all(conn);
    }

    @AfterAll
    static void disconnect() {
        conn.execute("DROP SCHEMA random_it CASCADE");
        conn.close();
    }

    static List<RandomFamily> families() {
        return families;
    }

    /** Cstrings are no column of a table, and void and unknown have no values. */
    @Test
    void everyTypeWithACodecHasRandomValues() {
        Set<String> without = new TreeSet<>();
        for (Row row : conn.execute("SELECT oid, format_type(oid, -1) FROM pg_type WHERE oid < 10000 AND typtype <> 'p'"
                + " AND typname <> '_cstring'")) {
            if (TypeRegistry.builtin().codec((int) row.getLong(0)) != null) {
                without.add(row.getString(1));
            }
        }
        for (RandomFamily family : families) {
            without.remove(conn.execute("SELECT format_type($1::regtype, -1)", family.type())
                    .fetchOne()
                    .getString(0));
        }
        assertEquals(Set.of(), without);
    }

    @ParameterizedTest
    @MethodSource("families")
    void randomValuesAreWhatTheServerSaysInBothFormatsAndBothWays(RandomFamily family) {
        Seed seed = Seed.take(family);
        int count = (ALL + families.size() - 1) / families.size();
        conn.execute("CREATE TEMP TABLE made (number int PRIMARY KEY, value " + family.type() + ")");
        conn.execute("CREATE TEMP TABLE back (number int PRIMARY KEY, value " + family.type() + ")");
        try {
            make(family, seed.random(), count);
            List<Object> read = readInBothFormats(family, count, seed);
            writeBack(read);
            compare(family, read, seed);
        } finally {
            conn.execute("DROP TABLE made, back");
        }
    }

    private static void make(RandomFamily family, Random random, int count) {
        List<List<@Nullable String>> parts = new ArrayList<>();
        for (int part = 0; part < RandomFamily.PARTS; part++) {
            parts.add(new ArrayList<>());
        }
        for (int i = 0; i < count; i++) {
            @Nullable String[] literals = Arrays.copyOf(family.next().apply(random), RandomFamily.PARTS);
            for (int part = 0; part < RandomFamily.PARTS; part++) {
                parts.get(part).add(literals[part]);
            }
        }
        conn.execute(
                "INSERT INTO made SELECT number, " + family.expression() + " FROM unnest($1::text[], $2::text[],"
                        + " $3::text[], $4::text[]) WITH ORDINALITY AS u (a, b, c, d, number)",
                parts.toArray());
    }

    private static List<Object> readInBothFormats(RandomFamily family, int count, Seed seed) {
        // Text of the others is a String.
        boolean builtin = conn.execute("SELECT $1::regtype::oid < 16384", family.type())
                .fetchOne()
                .getBoolean(0);
        String sql = "SELECT number, value, " + text(family, "value") + " FROM made ORDER BY number";
        Iterator<Row> text = conn.cursor().executeSimple(sql).fetchAll().iterator();
        List<Object> read = new ArrayList<>();
        for (Row binary : conn.execute(sql)) {
            String where = where(family, binary, seed);
            String expected = binary.getString(2);
            Row same = text.next();
            Object value = value(family, binary, 1);
            assertEquals(expected, binary.getString(1), where);
            assertEquals(expected, same.getString(1), where);
            if (builtin) {
                assertTrue(SameValue.test(value, value(family, same, 1)), () -> where + ": " + value);
            }
            read.add(value);
        }
        assertEquals(count, read.size());
        return read;
    }

    private static void compare(RandomFamily family, List<Object> read, Seed seed) {
        int compared = 0;
        for (Row row : conn.execute("SELECT number, " + text(family, "made.value") + ", " + text(family, "back.value")
                + ", back.value FROM made LEFT JOIN back USING (number) ORDER BY number")) {
            String where = where(family, row, seed) + " written back";
            assertEquals(row.getString(1), row.getString(2), where);
            assertTrue(SameValue.test(read.get(compared), value(family, row, 3)), where);
            compared++;
        }
        assertEquals(read.size(), compared);
    }

    /** Many rows with each statement: a message costs far more than its values do. */
    private static void writeBack(List<Object> values) {
        List<Object[]> sets = new ArrayList<>();
        int whole = values.size() / AT_ONCE * AT_ONCE;
        for (int i = 0; i < whole; i += AT_ONCE) {
            sets.add(set(values, i, AT_ONCE));
        }
        conn.cursor().executeMany(insert(AT_ONCE), sets);
        if (whole < values.size()) {
            conn.execute(insert(values.size() - whole), set(values, whole, values.size() - whole));
        }
    }

    private static String insert(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> "($1::int + " + i + ", $" + (i + 2) + ")")
                .collect(Collectors.joining(", ", "INSERT INTO back VALUES ", ""));
    }

    private static Object[] set(List<Object> values, int from, int count) {
        List<Object> set = new ArrayList<>(values.subList(from, from + count));
        set.add(0, from + 1);
        return set.toArray();
    }

    /** The cast to text is another text for some types; that of bool is the one which is not what format gives. */
    private static String text(RandomFamily family, String value) {
        return family.type().equals("bool") ? value + "::text" : "format('%s', " + value + ")";
    }

    /** A List does not say where the subscripts of an array begin. */
    private static Object value(RandomFamily family, Row row, int column) {
        return family.type().endsWith("[]") ? row.get(column, PgArray.class) : row.get(column);
    }

    private static String where(RandomFamily family, Row row, Seed seed) {
        return family + " number " + row.getInt(0) + " of " + seed;
    }
}
