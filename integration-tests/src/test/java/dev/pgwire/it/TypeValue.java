package dev.pgwire.it;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A value as SQL has it and as Java has it.
 *
 * @param type its type, as in a cast
 * @param sql an expression of this type
 * @param value what the driver gives for it
 */
record TypeValue(String type, String sql, Object value) {
    /** The whole table: the boundaries of every type that has a codec, and what lies between them. */
    static List<TypeValue> all() {
        return Stream.of(
                        NumberValues.all(),
                        TextValues.all(),
                        TimeValues.all(),
                        ShapeValues.all(),
                        NetworkValues.all(),
                        SearchValues.all(),
                        SystemValues.all())
                .flatMap(family -> family)
                .toList();
    }

    /** A quoted literal. */
    static TypeValue literal(String type, String literal, Object value) {
        return new TypeValue(type, "'" + literal.replace("'", "''") + "'::" + type, value);
    }

    /** Quoted literals whose Java values are made from their text. */
    static Stream<TypeValue> literals(String type, Function<String, Object> value, String... literals) {
        return Arrays.stream(literals).map(literal -> literal(type, literal, value.apply(literal)));
    }

    /**
     * The text of an expression of the type, as the server prints it. The cast to text gives something else for bpchar, which
     * loses its blanks, for xml, which keeps its encoding, and for inet, which gains a prefix; format does for bool.
     */
    static String text(String type, String expression) {
        return type.equals("bool") ? "(" + expression + ")::text" : "format('%s', " + expression + ")";
    }

    @Override
    public String toString() {
        return sql.length() < 100 ? sql : sql.substring(0, 100) + "...";
    }
}
