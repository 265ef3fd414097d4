package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Each value of the table alone, in an array beside a NULL, in a row of a composite type, and as a bound of a range and a multirange,
 * where its type is ordered: read in both formats, and written in both. The server's text is the judge.
 */
class ValueTableIT {
    private static final Map<String, String> BUILTIN_RANGES = Map.of(
            "int4",
            "int4range",
            "int8",
            "int8range",
            "numeric",
            "numrange",
            "date",
            "daterange",
            "timestamp",
            "tsrange",
            "timestamptz",
            "tstzrange");

    /** What a value is read and written as. */
    private enum Form {
        SCALAR,
        ARRAY,
        COMPOSITE,
        RANGE,
        MULTIRANGE;

        /** Its expression for a value {@code v}. */
        String of(TypeNames names) {
            return switch (this) {
                case SCALAR -> "v";
                case ARRAY -> "ARRAY[v, NULL, v]";
                case COMPOSITE -> "ROW(v, NULL, 7)::" + names.composite;
                case RANGE -> names.range + "(v, NULL)";
                case MULTIRANGE -> names.multirange + "(" + names.range + "(NULL, v, '()'))";
            };
        }

        String type(TypeNames names) {
            return switch (this) {
                case SCALAR -> names.type;
                case ARRAY -> names.type + "[]";
                case COMPOSITE -> names.composite;
                case RANGE -> names.range;
                case MULTIRANGE -> names.multirange;
            };
        }

        /** The Java value. */
        Object value(Object value) {
            return switch (this) {
                case SCALAR -> value;
                case ARRAY, COMPOSITE -> Arrays.asList(value, null, this == ARRAY ? value : (Object) 7);
                case RANGE -> Range.atLeast(value);
                case MULTIRANGE -> Multirange.of(Range.lessThan(value));
            };
        }
    }

    /** A type and those that are made of it; an empty name where there is none. */
    private record TypeNames(String type, String composite, String range, String multirange) {
        List<Form> forms() {
            return range.isEmpty() ? List.of(Form.SCALAR, Form.ARRAY, Form.COMPOSITE) : List.of(Form.values());
        }
    }

    private static final Map<String, List<TypeValue>> VALUES = TypeValue.all().stream()
            .collect(Collectors.groupingBy(TypeValue::type, LinkedHashMap::new, Collectors.toList()));

    private static final Map<String, TypeNames> NAMES = new LinkedHashMap<>();

    private static Connection conn;
    private static Connection unprepared;

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("DROP SCHEMA IF EXISTS values_it CASCADE");
        conn.execute("CREATE SCHEMA values_it");
        conn.execute("SET TIME ZONE 'UTC'");
        for (String type : VALUES.keySet()) {
            NAMES.put(type, madeOf(type, "values_it.t" + NAMES.size()));
        }
        unprepared = Postgres.connect(TestServer.shared().dsn() + " prepare=never");
        unprepared.execute("SET TIME ZONE 'UTC'");
    }

    private static TypeNames madeOf(String type, String name) {
        conn.execute("CREATE TYPE " + name + "_row AS (v " + type + ", nothing text, number int4)");
        String range = BUILTIN_RANGES.getOrDefault(type, "");
        if (range.isEmpty() && isOrdered(type)) {
            range = name + "_range";
            conn.execute("CREATE TYPE " + range + " AS RANGE (subtype = " + type + ")");
        }
        return new TypeNames(type, name + "_row", range, range.replace("range", "multirange"));
    }

    private static boolean isOrdered(String type) {
        return conn.execute(
                        "SELECT EXISTS (SELECT FROM pg_opclass c JOIN pg_am a ON a.oid = c.opcmethod"
                                + " WHERE a.amname = 'btree' AND c.opcdefault AND c.opcintype = $1::regtype)",
                        type)
                .fetchOne()
                .getBoolean(0);
    }

    @AfterAll
    static void disconnect() {
        unprepared.close();
        conn.execute("DROP SCHEMA values_it CASCADE");
        conn.close();
    }

    static Set<String> types() {
        return VALUES.keySet();
    }

    /** Those which are no column of a table, and which arrays and ranges are, are left out. */
    @Test
    void theTableHasFourHundredValuesOfEveryBaseTypeWithACodec() {
        int count = VALUES.values().stream().mapToInt(List::size).sum();
        assertTrue(count >= 400, "only " + count);
        Set<String> missing = new TreeSet<>();
        for (Row row :
                conn.execute("SELECT oid, format_type(oid, NULL) FROM pg_type WHERE oid < 10000 AND typtype = 'b'"
                        + " AND typcategory <> 'A' OR typname IN ('int2vector', 'oidvector')")) {
            if (TypeRegistry.builtin().codec((int) row.getLong(0)) != null) {
                missing.add(row.getString(1));
            }
        }
        for (String type : types()) {
            missing.remove(conn.execute("SELECT format_type($1::regtype, NULL)", type)
                    .fetchOne()
                    .getString(0));
        }
        assertEquals(Set.of(), missing);
        assertTrue(
                NAMES.values().stream().filter(names -> !names.range.isEmpty()).count() > 30, () -> "" + NAMES);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyValueIsReadInBothFormatsAloneAndInWhatIsMadeOfIt(String type) {
        TypeNames names = NAMES.get(type);
        List<TypeValue> values = VALUES.get(type);
        List<Row> binary = conn.execute(sql(names, values)).fetchAll();
        List<Row> text = conn.cursor().executeSimple(sql(names, values)).fetchAll();
        List<Row> texts = unprepared.execute(sql(names, values)).fetchAll();
        for (int i = 0; i < values.size(); i++) {
            TypeValue value = values.get(i);
            int column = 0;
            for (Form form : names.forms()) {
                String where = form + " of " + value;
                String expected = binary.get(i).getString(column);
                for (Row row : List.of(binary.get(i), text.get(i), texts.get(i))) {
                    assertEquals(expected, row.getString(column), where);
                    assertEquals(expected, row.getString(column + 1), where);
                }
                assertValue(form.value(value.value()), binary.get(i).get(column + 1), where);
                if (form == Form.SCALAR
                        || form == Form.ARRAY
                        || form.type(names).equals(BUILTIN_RANGES.get(type))) {
                    // Text of types that the server does not have by itself is a String.
                    assertValue(form.value(value.value()), text.get(i).get(column + 1), where);
                    assertValue(form.value(value.value()), texts.get(i).get(column + 1), where);
                }
                column += 2;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyValueIsWrittenInBothFormatsAloneAndInWhatIsMadeOfIt(String type) {
        TypeNames names = NAMES.get(type);
        List<TypeValue> values = VALUES.get(type);
        List<Row> expected = conn.execute(sql(names, values)).fetchAll();
        List<Form> forms = names.forms();
        String sql = IntStream.range(0, forms.size())
                .mapToObj(i -> TypeValue.text(
                        forms.get(i) == Form.SCALAR ? type : "",
                        "$" + (i + 1) + "::" + forms.get(i).type(names)))
                .collect(Collectors.joining(", ", "SELECT ", ""));
        for (int i = 0; i < values.size(); i++) {
            TypeValue value = values.get(i);
            for (Connection connection : List.of(conn, unprepared)) {
                List<@Nullable Object> parameters = new ArrayList<>();
                for (int form = 0; form < forms.size(); form++) {
                    String text = expected.get(i).getString(2 * form);
                    Object typed = forms.get(form).value(value.value());
                    // A statement that is not described takes a List for an array, wherever it stands.
                    boolean isText = forms.get(form) == Form.COMPOSITE || value.value() instanceof List<?>;
                    parameters.add(connection == unprepared && isText ? text : typed);
                }
                Row written = connection.execute(sql, parameters.toArray()).fetchOne();
                for (int form = 0; form < forms.size(); form++) {
                    assertEquals(
                            expected.get(i).getString(2 * form),
                            written.getString(form),
                            forms.get(form) + " of " + value);
                }
            }
        }
    }

    /** The server's text of each form, and the form itself, a row for each value. */
    private static String sql(TypeNames names, List<TypeValue> values) {
        String columns = names.forms().stream()
                .map(form ->
                        TypeValue.text(form == Form.SCALAR ? names.type : "", form.of(names)) + ", " + form.of(names))
                .collect(Collectors.joining(", "));
        return IntStream.range(0, values.size())
                .mapToObj(i -> "(" + i + ", " + values.get(i).sql() + ")")
                .collect(Collectors.joining(", ", "SELECT " + columns + " FROM (VALUES ", ") x(n, v) ORDER BY n"));
    }

    private static void assertValue(Object expected, Object actual, String where) {
        Object compared =
                expected instanceof List<?> && actual instanceof Row row ? Arrays.asList(row.toArray()) : actual;
        assertTrue(SameValue.test(expected, compared), () -> where + ": " + compared + " of " + compared.getClass());
    }
}
